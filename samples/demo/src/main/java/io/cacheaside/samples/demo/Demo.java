package io.cacheaside.samples.demo;

import java.io.PrintStream;

/** The program behind {@code ./demo}. */
public final class Demo {

    private Demo() {}

    /** Runs until Ctrl-C, or until the replay is over; the exit status is 1 where the replay saw a stale page. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("demo: " + e.getMessage());
            System.exit(2);
            return;
        }
        if (options.replay()) {
            System.exit(new Replay(options, out).run() ? 0 : 1);
        }
        SingleShop.start(options, out);
    }
}
