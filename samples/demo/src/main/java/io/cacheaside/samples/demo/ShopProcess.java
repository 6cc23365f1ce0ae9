package io.cacheaside.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One instance of the shop in a JVM of its own. */
final class ShopProcess implements AutoCloseable {

    private static final long START_SECONDS = 120;

    private final Process process;
    private final int port;
    private final Path log;

    private ShopProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts an instance; {@link #awaitReady} says when it answers. */
    static ShopProcess start(List<String> settings) throws IOException {
        int port = Ports.free();
        Path log = Files.createTempFile("shop-", ".log");
        log.toFile().deleteOnExit();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                ShopInstance.class.getName(),
                "--server.address=127.0.0.1",
                "--server.port=" + port));
        settings.forEach(setting -> command.add("--" + setting));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ShopProcess(process, port, log);
    }

    int port() {
        return port;
    }

    /** Returns when the instance answers requests. */
    ShopProcess awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (answers()) {
                return this;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new IOException("An instance of the shop did not start:\n" + Files.readString(log));
    }

    private boolean answers() {
        try (ShopConnection connection = ShopConnection.to(port)) {
            connection.figures();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
