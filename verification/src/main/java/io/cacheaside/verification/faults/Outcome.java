package io.cacheaside.verification.faults;

import io.cacheaside.verification.history.Findings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one fault did.
 *
 * @param unexplained committed versions that nobody can have written
 * @param wrongAtRest {@code key:read:row} of what was read wrong when nobody wrote any more
 * @param recovery from the fault's end until the race was as before it
 * @param leaks what was left over
 */
record Outcome(
        String fault,
        Calls calls,
        Findings findings,
        int unexplained,
        List<String> wrongAtRest,
        Duration recovery,
        List<String> leaks) {

    /** What is promised of every fault. */
    static final Duration RECOVERY = Duration.ofSeconds(5);

    /**
     * What the callers saw.
     *
     * @param unconfirmed writes that returned without acknowledgement
     * @param refused strict writes that did not take place, which is promised where Redis does not answer
     * @param failed calls that threw anything else, which never happens
     */
    record Calls(
            long operations, long unconfirmed, long refused, long failed, Duration longestRead, Duration longestWrite) {

        static Calls sum(List<String> answers) {
            long[] sums = new long[6];
            for (String answer : answers) {
                String[] figures = answer.split(" ", -1);
                for (int i = 0; i < sums.length; i++) {
                    long figure = Long.parseLong(figures[i]);
                    sums[i] = i < 4 ? sums[i] + figure : Math.max(sums[i], figure);
                }
            }
            return new Calls(sums[0], sums[1], sums[2], sums[3], Duration.ofNanos(sums[4]), Duration.ofNanos(sums[5]));
        }
    }

    long violations() {
        return findings.violations() + wrongAtRest.size() + unexplained;
    }

    /** Nothing is wrong but, perhaps, that it took its time. */
    boolean isHarmless() {
        return violations() == 0 && calls.failed() == 0 && leaks.isEmpty();
    }

    boolean isRight() {
        return isHarmless() && recovery.compareTo(RECOVERY) <= 0;
    }

    /** What is wrong, a line each. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(findings.examples());
        if (!wrongAtRest.isEmpty()) {
            complaints.add("wrong at rest (key:read:row): " + wrongAtRest);
        }
        if (unexplained > 0) {
            complaints.add(unexplained + " committed versions that nobody wrote");
        }
        if (calls.failed() > 0) {
            complaints.add(calls.failed() + " calls failed");
        }
        if (!leaks.isEmpty()) {
            complaints.add("left over: " + leaks);
        }
        if (recovery.compareTo(RECOVERY) > 0) {
            complaints.add("not as before after " + recovery.toMillis() + " ms");
        }
        return complaints;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%-24s %,8d operations, %d violations, %d unconfirmed, %d refused, longest read %d ms and write %d ms, as before"
                        + " after %d ms",
                fault,
                findings.operations(),
                violations(),
                calls.unconfirmed,
                calls.refused,
                calls.longestRead.toMillis(),
                calls.longestWrite.toMillis(),
                recovery.toMillis());
    }
}
