package dev.unroll.bench;

import dev.unroll.bench.attention.AttentionWorks;
import dev.unroll.bench.conv.ConvWorks;
import dev.unroll.bench.embed.EmbedWorks;
import dev.unroll.bench.gemm.GemmWorks;
import dev.unroll.bench.recurrent.RecurrentWorks;
import dev.unroll.bench.transformer.TransformerWorks;
import dev.unroll.bench.translate.TranslateWorks;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Works that belong together and can be run by themselves, in at most four minutes. */
public enum Family {
    /** Matrix products. */
    GEMM {
        @Override
        List<Work> works(Setting setting) {
            return GemmWorks.all();
        }
    },

    /** Training recurrent language models. */
    RECURRENT {
        @Override
        List<Work> works(Setting setting) {
            return RecurrentWorks.all();
        }
    },

    /** Training Transformers. */
    TRANSFORMER {
        @Override
        List<Work> works(Setting setting) {
            return TransformerWorks.all();
        }
    },

    /** Translating with a Transformer. */
    TRANSLATE {
        @Override
        List<Work> works(Setting setting) {
            return TranslateWorks.all(setting);
        }
    },

    /** Attention and its rivals as sequences grow. */
    ATTENTION {
        @Override
        List<Work> works(Setting setting) {
            return AttentionWorks.all();
        }
    },

    /** Convolutions. */
    CONV {
        @Override
        List<Work> works(Setting setting) {
            return ConvWorks.all();
        }
    },

    /** Embedding sentences. */
    EMBED {
        @Override
        List<Work> works(Setting setting) {
            return EmbedWorks.all();
        }
    };

    /** The works; cheap, for nothing is built before its turn. */
    abstract List<Work> works(Setting setting);

    /** The works of all families. */
    static List<Work> all(Setting setting) {
        return Arrays.stream(values()).flatMap(f -> f.works(setting).stream()).toList();
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
