package io.cacheaside.verification;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Another JVM on the same class path, told what to do in lines and answering in lines. It ends when its standard input
 * does, so it dies with this JVM however this one ends.
 */
public final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter orders;

    private ChildJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** A JVM that runs {@code main} with the class path of this one. */
    public static ChildJvm start(Class<?> main, String... args) throws IOException {
        return start(List.of(), main, args);
    }

    /** A JVM whose class path begins with {@code first}: classes there take the place of ours. */
    public static ChildJvm start(List<Path> first, Class<?> main, String... args) throws IOException {
        return start("256m", first, main, args);
    }

    /** A JVM whose heap is no larger than {@code heap}, as in {@code -Xmx}; it ends where it would have to be. */
    public static ChildJvm startIn(String heap, Class<?> main, String... args) throws IOException {
        return start(heap, List.of(), main, args);
    }

    private static ChildJvm start(String heap, List<Path> first, Class<?> main, String... args) throws IOException {
        String own = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-XX:+ExitOnOutOfMemoryError",
                "-Xss512k",
                "-XX:+UseSerialGC",
                // else classes that are loaded in the middle of a measurement cost a whole collection
                "-XX:MetaspaceSize=128m"));
        command.addAll(compilers());
        command.addAll(List.of(
                "-cp",
                first.stream().map(path -> path + File.pathSeparator).collect(Collectors.joining()) + own,
                main.getName()));
        command.addAll(List.of(args));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Which compilers this JVM was told to do with: the tests' short proofs are over before the optimizing one pays. */
    private static List<String> compilers() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:TieredStopAtLevel="))
                .toList();
    }

    /** Sends one line. */
    public void tell(String order) throws IOException {
        orders.write(order);
        orders.newLine();
        orders.flush();
    }

    /** The rest of the next line, which has to begin with {@code word}. */
    public String expect(String word) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(word)) {
            throw new IOException("a JVM should have said '" + word + "', but: " + line);
        }
        return line.substring(word.length()).trim();
    }

    /**
     * As {@link #expect(String)}, but no longer than {@code patience}.
     *
     * @throws IOException also where nothing was said in time
     */
    public String expect(String word, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (!answers.ready() && process.isAlive()) {
            if (System.nanoTime() > end) {
                throw new IOException("a JVM should have said '" + word + "' within " + patience + " and said nothing");
            }
            LockSupport.parkNanos(1_000_000);
        }
        return expect(word);
    }

    /** The number of the process. */
    public long pid() {
        return process.pid();
    }

    /** Sends a signal, for instance {@code STOP}. */
    public void signal(String name) throws IOException {
        exitOf(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start());
    }

    /** Ends the JVM as {@code kill -9} does; returns when it is gone. */
    public void kill() throws IOException {
        process.destroyForcibly();
        exitOf(process);
    }

    /** Waits until the JVM has ended by itself; true where it has. */
    public boolean awaitEnd(Duration patience) throws IOException {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void exitOf(Process ended) throws IOException {
        try {
            ended.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        orders.close();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
