package io.cacheaside.benchmarks;

import io.cacheaside.key.KeyTemplate;
import io.cacheaside.key.TemplateContext;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** How long rendering a key takes: a number, a text, a path. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyRendering {

    private final KeyTemplate byNumber = template("user:#id");
    private final KeyTemplate byText = template("user:#name");
    private final KeyTemplate byPath = template("user:#user.id:#name");
    private long number = 1_000_000;

    /** What the templates look at. */
    public record User(long id, String name) {}

    /** Where the templates stand. */
    static User sample(long id, String name, User user) {
        return user;
    }

    private static KeyTemplate template(String text) {
        try {
            return KeyTemplate.compile(
                    text,
                    new TemplateContext(
                            KeyRendering.class.getDeclaredMethod("sample", long.class, String.class, User.class),
                            KeyRendering.class,
                            "shop",
                            false,
                            null));
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object[] arguments() {
        long id = number++;
        return new Object[] {id, "Ada Lovelace", new User(id, "Ada Lovelace")};
    }

    /** The cost of what the others do besides rendering. */
    @Benchmark
    public Object argumentsOnly() {
        return arguments();
    }

    /** {@code user:#id} with a long. */
    @Benchmark
    public @Nullable String number() {
        return byNumber.render(arguments(), null);
    }

    /** {@code user:#name} with a text that needs no escape. */
    @Benchmark
    public @Nullable String text() {
        return byText.render(arguments(), null);
    }

    /** {@code user:#user.id:#name}. */
    @Benchmark
    public @Nullable String path() {
        return byPath.render(arguments(), null);
    }
}
