package io.cacheaside.verification.faults;

import io.cacheaside.test.EmbeddedRedis;
import io.cacheaside.verification.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One server with a place for its snapshots, and for each JVM a way to it of its own. */
final class FaultRedis implements Site {

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

    @Override
    public List<String> forJvm(int number) {
        return List.of("--redis", way(number).address());
    }

    @Override
    public List<EmbeddedRedis> masters() {
        return List.of(server);
    }

    /** Takes a snapshot, which the next {@link EmbeddedRedis#restart} brings back. */
    void snapshot() {
        server.command("SAVE");
    }

    /** The next restart begins with nothing. */
    void forgetSnapshot() throws IOException {
        Files.deleteIfExists(directory.resolve("old.rdb"));
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
