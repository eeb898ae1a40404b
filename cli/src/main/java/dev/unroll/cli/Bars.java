package dev.unroll.cli;

import java.io.Console;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Progress bars, which only a terminal shows. */
final class Bars {
    private Bars() {}

    /** {@return true if a person sees standard error as it is written} */
    static boolean shown() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    static ProgressBarBuilder of(String task, long most) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(most)
                .setStyle(ProgressBarStyle.ASCII);
    }
}
