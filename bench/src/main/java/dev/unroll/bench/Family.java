package dev.unroll.bench;

import dev.unroll.bench.recurrent.RecurrentWorks;
import java.util.List;

/** Works that belong together and can be run by themselves, in at most four minutes. */
public enum Family {
    /** Training recurrent language models. */
    RECURRENT {
        @Override
        List<Work> works(Setting setting) {
            return RecurrentWorks.all();
        }
    };

    /** The works; cheap, for nothing is built before its turn. */
    abstract List<Work> works(Setting setting);
}
