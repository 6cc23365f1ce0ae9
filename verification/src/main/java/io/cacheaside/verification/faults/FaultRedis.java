package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.verification.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** A server with a place for its snapshots, and for each JVM a way to it of its own. */
final class FaultRedis implements AutoCloseable {

    private static final String OURS = "cacheaside:*";

    private final Path directory = Files.createTempDirectory("cacheaside-snapshot");
    private final EmbeddedRedis server = EmbeddedRedis.start("--dir", directory.toString(), "--dbfilename", "old.rdb");
    private final List<RespProxy> ways = new ArrayList<>();

    FaultRedis(int jvms) throws IOException {
        for (int jvm = 0; jvm < jvms; jvm++) {
            ways.add(new RespProxy(server.port()));
        }
    }

    EmbeddedRedis server() {
        return server;
    }

    /** The way of the JVM {@code number}. */
    RespProxy way(int number) {
        return ways.get(number);
    }

    List<RespProxy> ways() {
        return ways;
    }

    /** Takes a snapshot, which the next {@link EmbeddedRedis#restart} brings back. */
    void snapshot() {
        server.command("SAVE");
    }

    /** The next restart begins with nothing. */
    void forgetSnapshot() throws IOException {
        Files.deleteIfExists(directory.resolve("old.rdb"));
    }

    /** The leases, marks and waiters' notes that are there. */
    List<String> footprints() {
        Object keys = Objects.requireNonNull(server.command("KEYS", OURS));
        return ((Collection<?>) keys).stream().map(String::valueOf).toList();
    }

    /** How many connections listen to the wake-ups. */
    long subscriptions(String namespace) {
        Object answer = Objects.requireNonNull(server.command("PUBSUB", "NUMSUB", "cacheaside:wake:" + namespace));
        return (Long) Objects.requireNonNull(((List<?>) answer).get(1));
    }

    /** Removes what the cache has of the documents {@code ids}, as a job without the cache would. */
    void remove(Collection<Integer> ids, String prefix) {
        for (int id : ids) {
            server.command("DEL", prefix + id, "cacheaside:lease:{" + prefix + id + "}");
        }
    }

    @Override
    public void close() throws IOException {
        for (RespProxy way : ways) {
            way.close();
        }
        server.close();
        FileTree.delete(directory);
    }
}
