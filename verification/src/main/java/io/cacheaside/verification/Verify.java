package io.cacheaside.verification;

import java.util.Arrays;

/** Runs one proof by its name; the last line says PASS or FAIL, and so does the exit status. */
public final class Verify {

    private Verify() {}

    /** Exit status 0 for a proof that passed, 1 for one that failed, 2 for wrong arguments. */
    public static void main(String[] args) throws Exception {
        System.exit(status(args));
    }

    private static int status(String[] args) throws Exception {
        try {
            if (args.length == 0 || !args[0].equals("stampede")) {
                throw new IllegalArgumentException("unknown proof " + Arrays.toString(args) + "; there is: stampede");
            }
            Stampede.Plan plan = Stampede.Plan.of(Options.parse(Arrays.copyOfRange(args, 1, args.length)));
            Stampede.Verdict verdict = Stampede.run(plan, System.out);
            System.out.println(verdict);
            return verdict.passed() ? 0 : 1;
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
    }
}
