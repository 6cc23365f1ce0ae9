package io.cacheaside.test;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * One run of a {@code redis-server}, in a directory that goes with it. A shell stands between, which waits for the end
 * of its input: that comes when this JVM ends in whatever way, and then the shell kills the server and removes the
 * directory.
 */
final class RedisProcess implements AutoCloseable {

    private static final String GUARD =
            "trap '' INT TERM HUP; \"$@\" >/dev/null 2>&1 & echo $!; read -r _; kill -9 $! 2>/dev/null; rm -rf \"$0\"";
    private static final long PATIENCE_SECONDS = 10;
    private static final Pattern MAJOR = Pattern.compile("v=(\\d+)\\.");

    /** Among the settings: the process is a sentinel. */
    static final String SENTINEL = "--sentinel";

    private final Process shell;
    private final ProcessHandle server;
    private final Path log;

    private RedisProcess(Process shell, ProcessHandle server, Path log) {
        this.shell = shell;
        this.server = server;
        this.log = log;
    }

    /** Starts a server; it may not listen yet. */
    static RedisProcess launch(int port, List<String> settings) throws IOException {
        Path directory = Files.createTempDirectory("cacheaside-redis-");
        Path log = directory.resolve("redis.log");
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, directory.toString()));
        String executable = executable(directory.toFile());
        command.add(executable);
        if (settings.contains(SENTINEL)) {
            // it writes what it knows into the file that it was started with
            command.add(Files.createFile(directory.resolve("sentinel.conf")).toString());
        }
        command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"));
        command.addAll(List.of("--dir", directory.toString(), "--logfile", log.toString()));
        if (major(executable) >= 7) {
            // tests use DEBUG, which older ones allow
            command.addAll(List.of("--enable-debug-command", "local"));
        }
        command.addAll(settings);
        Process shell = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII));
        String pid = out.readLine();
        ProcessHandle server =
                pid == null ? null : ProcessHandle.of(Long.parseLong(pid)).orElse(null);
        if (server == null) {
            throw new IOException("redis-server ended at once: " + command);
        }
        return new RedisProcess(shell, server, log);
    }

    private static String executable(File directory) throws IOException {
        String own = System.getProperty(EmbeddedRedis.EXECUTABLE_PROPERTY);
        if (own != null) {
            return own;
        }
        String bundled =
                ExecutableProvider.newJarResourceProvider(directory).get().getAbsolutePath();
        // it wants an OpenSSL that not every system has
        return major(bundled) > 0 ? bundled : "redis-server";
    }

    /** The major version of {@code executable}, or 0 where it does not run. */
    private static int major(String executable) throws IOException {
        Process version = new ProcessBuilder(executable, "--version")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Matcher told = MAJOR.matcher(new String(version.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        return exitOf(version) == 0 && told.find() ? Integer.parseInt(told.group(1)) : 0;
    }

    boolean isAlive() {
        return server.isAlive();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log at " + log;
        }
    }

    /** Sends a signal, for instance {@code STOP}, to the server. */
    void signal(String signal) throws IOException {
        exitOf(new ProcessBuilder("kill", "-" + signal, "" + server.pid()).start());
    }

    /** Kills the server as a crash would, waits for its end and removes its directory. Harmless when repeated. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
        exitOf(shell);
    }

    private static int exitOf(Process process) throws IOException {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("process " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
