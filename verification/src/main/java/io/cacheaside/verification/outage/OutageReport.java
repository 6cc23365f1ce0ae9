package io.cacheaside.verification.outage;

import io.cacheaside.verification.outage.OutageProof.Plan;
import io.cacheaside.verification.outage.OutageProof.Turn;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Prints the figures of an outage and judges them: zeros are wanted of whatever callers notice, and each time has to reach
 * its aim or that of the cache written by hand in the same outage.
 */
final class OutageReport {

    private static final double READ_AIM = 60;
    private static final double OVER_LOAD_AIM = 5;
    private static final double SPEED_AIM = 1_000;
    private static final double WRITE_AIM = 1_000;

    private final Plan plan;
    private final PrintStream out;
    private final List<String> faults = new ArrayList<>();
    private final List<String> slow = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private @Nullable Turn ours;
    private String crowd = "";

    OutageReport(Plan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
        out.printf(
                Locale.ROOT,
                "%-7s %-11s %-12s %7s %10s %7s %11s %11s %11s%n",
                "Redis",
                "side",
                "phase",
                "reads",
                "exceptions",
                "shed",
                "p50",
                "p99",
                "max");
    }

    /** Adds the turn of {@code side}; ours comes before the other's in each outage. */
    void add(String outage, String side, Turn turn) {
        Phases phases = turn.phases();
        out.println(Phases.line(outage, side, "before", phases.before()));
        if (phases.opened() < phases.back()) {
            out.println(Phases.line(outage, side, "until open", phases.untilOpen()));
            out.println(Phases.line(outage, side, "while open", phases.whileOpen()));
        }
        out.println(Phases.line(outage, side, "outage", phases.outage()));
        out.println(Phases.line(outage, side, "after", phases.after()));
        out.printf(
                Locale.ROOT,
                "%-7s %-11s full speed %.0f ms after the return; longest write %.0f ms, %d writes threw; nothing"
                        + " unconfirmed after %.0f ms, then %d stale reads of %d written keys%n",
                outage,
                side,
                phases.fullSpeedAfter(),
                turn.longestWriteNanos() / 1e6,
                turn.failedWrites(),
                turn.journalMillis(),
                turn.stale(),
                20);
        Turn mine = ours;
        if (side.equals(OutageJvm.BY_HAND) && mine != null) {
            compare(outage, mine, turn);
        } else {
            ours = turn;
            zeros(outage, turn);
        }
    }

    private void zeros(String outage, Turn turn) {
        zero(outage + ": exceptions of readers", turn.phases().failed());
        zero(outage + ": reads shed", turn.phases().shed());
        zero(outage + ": exceptions of writers", turn.failedWrites());
        zero(outage + ": stale reads", turn.stale());
        zero(outage + ": journal not empty", Double.isInfinite(turn.journalMillis()) ? 1 : 0);
    }

    private void zero(String what, long count) {
        if (count > 0) {
            faults.add(what + " " + count);
        }
    }

    private void compare(String outage, Turn mine, Turn byHand) {
        double load = mine.loadNanos() / 1e6;
        double open = Phases.millis(mine.phases().whileOpen(), 99);
        double byHandOutage = Phases.millis(byHand.phases().outage(), 99);
        aim(outage + " p99", READ_AIM, Phases.millis(mine.phases().outage(), 99), byHandOutage);
        aim(outage + " p99 over the load while open", OVER_LOAD_AIM, Math.max(0, open - load), byHandOutage);
        aim(
                outage + " full speed",
                SPEED_AIM,
                mine.phases().fullSpeedAfter(),
                byHand.phases().fullSpeedAfter());
        aim(outage + " longest write", WRITE_AIM, mine.longestWriteNanos() / 1e6, byHand.longestWriteNanos() / 1e6);
    }

    private void aim(String what, double aim, double figure, double byHand) {
        boolean reached = figure <= aim;
        out.printf(
                Locale.ROOT,
                "  %-38s %8.1f ms, aim %.0f ms %s, by hand %.1f ms (%.3f x)%n",
                what,
                figure,
                aim,
                reached ? "reached" : "MISSED",
                byHand,
                figure / Math.max(0.001, byHand));
        if (!reached) {
            missed.add(what);
            if (!(figure <= byHand)) {
                slow.add(what + " is worse than by hand");
            }
        }
    }

    /** Adds what the instances said of the crowd. */
    void add(List<String> crowds) {
        long loads = 0;
        long atATime = 0;
        long failed = 0;
        long nanos = 0;
        for (String answer : crowds) {
            String[] figures = answer.split(" ", -1);
            loads += Long.parseLong(figures[0]);
            atATime = Math.max(atATime, Long.parseLong(figures[1]));
            failed += Long.parseLong(figures[2]);
            nanos = Math.max(nanos, Long.parseLong(figures[3]));
        }
        crowd = String.format(
                Locale.ROOT,
                "%,d threads on a cold key: %d loads in %d JVMs, %d at a time, %d exceptions, %.0f ms",
                plan.crowd(),
                loads,
                crowds.size(),
                atATime,
                failed,
                nanos / 1e6);
        out.println(crowd);
        zero("crowd: exceptions", failed);
        zero("crowd: more than one load of a key at a time in a JVM", atATime > 1 ? atATime : 0);
    }

    OutageProof.Verdict verdict() {
        return new OutageProof.Verdict(
                faults.isEmpty(),
                faults.isEmpty() && slow.isEmpty(),
                String.format(
                        Locale.ROOT,
                        "%d reads/s, at most %d in flight, Redis away for %d ms: %s; aims missed: %s%s; %s",
                        plan.perSecond(),
                        plan.inFlight(),
                        plan.outage().toMillis(),
                        faults.isEmpty() ? "no exception, nothing shed, nothing stale" : String.join(", ", faults),
                        missed(),
                        slow.isEmpty() ? "" : " (" + String.join(", ", slow) + ")",
                        crowd));
    }

    private String missed() {
        if (!plan.sides().contains(OutageJvm.BY_HAND)) {
            return "not compared";
        }
        return missed.isEmpty() ? "none" : String.join(", ", missed);
    }
}
