package dev.unroll.cli;

import dev.unroll.data.fetch.DataFile;
import dev.unroll.data.fetch.ProgressListener;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Shows downloads: a bar for each file in a terminal, else a line when it begins. */
final class FetchView implements ProgressListener, AutoCloseable {
    private final PrintWriter err;
    private @Nullable DataFile shown;
    private @Nullable ProgressBar bar;

    FetchView(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void received(DataFile file, long bytes, long total) {
        if (!file.equals(shown)) {
            close();
            shown = file;
            begin(file, total);
        }
        if (bar != null) {
            bar.stepTo(bytes);
        }
    }

    @Override
    public void unverified(DataFile file, String sha256) {
        close();
        err.printf(
                "%s is not verified: its publisher states no checksum, and none is in the"
                        + " catalogue; what came has SHA-256 %s%n",
                file.path(), sha256);
    }

    private void begin(DataFile file, long total) {
        if (Bars.shown()) {
            bar = Bars.of(file.path(), total).setUnit(" kB", 1_000).build();
        } else {
            err.println("fetching " + file.address());
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
