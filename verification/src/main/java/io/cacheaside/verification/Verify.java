package io.cacheaside.verification;

import io.cacheaside.verification.decoder.DecoderProof;
import io.cacheaside.verification.fanout.FanOutPlan;
import io.cacheaside.verification.fanout.FanOutProof;
import io.cacheaside.verification.faults.FaultsProof;
import io.cacheaside.verification.freshness.FreshnessProof;
import io.cacheaside.verification.history.HistoryProof;
import io.cacheaside.verification.mutants.MutantsProof;
import io.cacheaside.verification.outage.OutageProof;
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
            String name = args.length == 0 ? "" : args[0];
            Options options = Options.parse(args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length));
            return switch (name) {
                case "stampede" -> stampede(Stampede.Plan.of(options));
                case "history" -> history(HistoryProof.Plan.of(options));
                case "outbox" -> outbox(RelayLag.Plan.of(options));
                case "faults" -> faults(FaultsProof.Plan.of(options));
                case "outage" -> outage(OutageProof.Plan.of(options));
                case "freshness" -> freshness(options);
                case "sweep" -> sweep(SweepProof.Plan.of(options));
                case "fanout" -> fanout(FanOutPlan.of(options));
                case "decoder" -> decoder(DecoderProof.Plan.of(options));
                case "tags" -> tags(TagProof.Plan.of(options));
                case "warm" -> warm(WarmProof.Plan.of(options));
                case "mutants" -> mutants(MutantsProof.Plan.of(options));
                default ->
                    throw new IllegalArgumentException(
                            "unknown proof " + Arrays.toString(args)
                                    + "; there are: stampede, history, faults, outage, freshness, decoder, outbox, tags, warm, fanout, sweep, mutants");
            };
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            return 2;
        }
    }

    private static int stampede(Stampede.Plan plan) throws Exception {
        Stampede.Verdict verdict = Stampede.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int history(HistoryProof.Plan plan) throws Exception {
        HistoryProof.Verdict verdict = HistoryProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int faults(FaultsProof.Plan plan) throws Exception {
        FaultsProof.Verdict verdict = FaultsProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int outage(OutageProof.Plan plan) throws Exception {
        OutageProof.Verdict verdict = OutageProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int freshness(Options options) throws Exception {
        FreshnessProof.Verdict verdict = FreshnessProof.run(options, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int fanout(FanOutPlan plan) throws Exception {
        FanOutProof.Verdict verdict = FanOutProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int sweep(SweepProof.Plan plan) {
        SweepProof.Verdict verdict = SweepProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int outbox(RelayLag.Plan plan) throws Exception {
        RelayLag.Verdict verdict = RelayLag.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int decoder(DecoderProof.Plan plan) throws Exception {
        DecoderProof.Verdict verdict = DecoderProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() && verdict.isQuick() ? 0 : 1;
    }

    private static int tags(TagProof.Plan plan) {
        TagProof.Verdict verdict = TagProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int warm(WarmProof.Plan plan) throws Exception {
        WarmProof.Verdict verdict = WarmProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }

    private static int mutants(MutantsProof.Plan plan) throws Exception {
        MutantsProof.Verdict verdict = MutantsProof.run(plan, System.out);
        System.out.println(verdict);
        return verdict.passed() ? 0 : 1;
    }
}
