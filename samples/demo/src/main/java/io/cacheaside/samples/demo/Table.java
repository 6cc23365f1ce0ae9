package io.cacheaside.samples.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** The two phases of a replay side by side. */
final class Table {

    private final StringBuilder text = new StringBuilder();
    private final Phase off;
    private final Phase on;

    private Table(Phase off, Phase on) {
        this.off = off;
        this.on = on;
    }

    static String of(Phase off, Phase on) {
        Table table = new Table(off, on);
        table.line("", "cache off", "cache on");
        table.line("-".repeat(28), "-".repeat(12), "-".repeat(12));
        table.row("seconds", phase -> "%.1f".formatted(phase.took().toNanos() / 1e9));
        table.row("requests", phase -> number(phase.requests()));
        table.row("  of them price changes", phase -> number(phase.changes().count()));
        table.row("database queries", phase -> number(phase.figures().statements()));
        table.row("hit rate", phase -> "%.1f %%".formatted(100 * phase.figures().hitRate()));
        table.row("page p50", phase -> millis(phase.pages().percentile(0.5)));
        table.row("page p99", phase -> millis(phase.pages().percentile(0.99)));
        table.row("price change p50", phase -> millis(phase.changes().percentile(0.5)));
        table.row("price change p99", phase -> millis(phase.changes().percentile(0.99)));
        table.row("requests per second", phase -> number(Math.round(phase.requestsPerSecond())));
        table.row("stale pages seen", phase -> number(phase.stale()));
        table.failures();
        return table.text.toString();
    }

    private void failures() {
        if (off.failures() + on.failures() > 0) {
            row("failed requests", phase -> number(phase.failures()));
            off.firstFailure()
                    .ifPresent(failure ->
                            text.append("cache off: ").append(failure).append('\n'));
            on.firstFailure()
                    .ifPresent(
                            failure -> text.append("cache on: ").append(failure).append('\n'));
        }
    }

    private void row(String name, Function<Phase, String> cell) {
        line(name, cell.apply(off), cell.apply(on));
    }

    private void line(String name, String first, String second) {
        text.append("%-28s %12s %12s%n".formatted(name, first, second));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / 1e6);
    }
}
