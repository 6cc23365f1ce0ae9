package io.cacheaside.test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Sees the commands that clients send to a Redis, in its order, those inside scripts left out. */
public final class CommandTap implements AutoCloseable {

    private final EmbeddedRedis redis;
    private final RespConnection monitor;

    CommandTap(EmbeddedRedis redis, RespConnection monitor) throws IOException {
        this.redis = redis;
        this.monitor = monitor;
        monitor.call("MONITOR");
    }

    /**
     * The names of the commands that Redis received since the last call, upper case; the set-up of connections and wake-ups
     * left out.
     */
    public List<String> commands() {
        return calls().stream()
                .map(call -> call.substring(0, call.indexOf(' ')))
                .toList();
    }

    /** As above, each name with a space and the rest of the command behind it, as MONITOR writes it. */
    public List<String> calls() {
        String marker = UUID.randomUUID().toString();
        redis.command("ECHO", marker);
        return EmbeddedRedis.io(() -> {
            List<String> names = new ArrayList<>();
            for (String line = next(); !line.contains(marker); line = next()) {
                add(line, names);
            }
            return names;
        });
    }

    private static void add(String line, List<String> names) {
        // 1700000000.123456 [0 127.0.0.1:40000] "get" "key"
        int quote = line.indexOf("] \"") + 3;
        String name = line.substring(quote, line.indexOf('"', quote)).toUpperCase(Locale.ROOT);
        boolean inScript = line.startsWith("lua]", line.indexOf('[') + 3);
        boolean setUp = List.of("PING", "CLIENT", "AUTH", "HELLO", "SELECT", "INFO", "ECHO")
                .contains(name);
        // what an adapter says to itself, several times, to see whether wake-ups come through
        boolean probe = name.equals("PUBLISH") && line.endsWith(" \"\"");
        if (!inScript && !setUp && !probe) {
            names.add(name + " " + line.substring(quote + name.length() + 1).strip());
        }
    }

    private String next() throws IOException {
        return String.valueOf(monitor.read());
    }

    @Override
    public void close() {
        EmbeddedRedis.act(() -> {
            monitor.close();
        });
    }
}
