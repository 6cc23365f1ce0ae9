package io.cacheaside.verification.faults;

import io.cacheaside.verification.ChildJvm;
import java.io.IOException;
import java.time.Duration;

/** One place of a {@link FaultRace}: the JVM that is there now, which may die and have a successor. */
final class Racing implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int number;
    private final Starter starter;
    private ChildJvm jvm;

    /** Starts a JVM. */
    interface Starter {
        ChildJvm start(int number) throws IOException;
    }

    /** How far a JVM is; {@code open} changes wait for the acknowledgement of their removal. */
    record State(long reads, long hits, int open) {}

    Racing(int number, Starter starter) throws IOException {
        this.number = number;
        this.starter = starter;
        this.jvm = starter.start(number);
    }

    int number() {
        return number;
    }

    long pid() {
        return jvm.pid();
    }

    void awaitUp() throws IOException {
        jvm.expect("up", PATIENCE);
    }

    /** Sends an order and waits for its answer. */
    String order(String order) throws IOException {
        jvm.tell(order);
        return jvm.expect(order.split(" ", 2)[0], PATIENCE);
    }

    State state() throws IOException {
        String[] figures = order("state").split(" ", -1);
        return new State(Long.parseLong(figures[0]), Long.parseLong(figures[1]), Integer.parseInt(figures[2]));
    }

    /** Stops the JVM in its tracks, or lets it go on. */
    void signal(String name) throws IOException {
        jvm.signal(name);
    }

    /** Kills the JVM, if it has not died already. */
    void kill() throws IOException {
        jvm.kill();
    }

    /** True where the JVM has come to its end by itself. */
    boolean hasDied(Duration patience) throws IOException {
        return jvm.awaitEnd(patience);
    }

    /** Puts a new JVM in the place of the dead one, and waits until it is up. */
    void succeed() throws IOException {
        jvm.close();
        jvm = starter.start(number);
        awaitUp();
    }

    @Override
    public void close() throws IOException {
        jvm.close();
    }
}
