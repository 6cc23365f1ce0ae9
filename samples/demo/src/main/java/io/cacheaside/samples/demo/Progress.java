package io.cacheaside.samples.demo;

import java.io.PrintStream;

/** One line that changes while something takes its time; where nobody watches, a line per quarter. */
final class Progress {

    private static final int WIDTH = 20;

    private final PrintStream out;
    private final boolean watched;
    private int shown = -1;

    Progress(PrintStream out, boolean watched) {
        this.out = out;
        this.watched = watched;
    }

    void show(String what, long done, long all) {
        show(what, done, all, "");
    }

    void show(String what, long done, long all, String remark) {
        int step = (int) ((watched ? 100 : 4) * Math.min(done, all) / all);
        if (step == shown && !watched) {
            return;
        }
        shown = step;
        int full = (int) (WIDTH * Math.min(done, all) / all);
        out.printf(
                "%s%-22s [%s%s] %3d %%  %s%s",
                watched ? "\r" : "",
                what,
                "#".repeat(full),
                " ".repeat(WIDTH - full),
                100 * Math.min(done, all) / all,
                remark,
                watched ? "  " : "\n");
        out.flush();
    }

    void end() {
        if (watched && shown >= 0) {
            out.println();
        }
        shown = -1;
    }
}
