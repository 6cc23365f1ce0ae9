package io.cacheaside.verification.history;

import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;

/**
 * One of the JVMs of a {@link Race}. Orders: {@code turn <side> <millis>}, answered by {@code done} and figures; {@code
 * rest <side>}, answered by the number of keys that are read wrong.
 */
final class HistoryJvm {

    private final Settings settings;
    private final Zipf keys;
    private final Sides sides;
    private final Path directory;
    private final String name;
    private final ReentrantLock fileLock = new ReentrantLock();

    private HistoryJvm(Options options, Settings settings) {
        this.settings = settings;
        this.keys = new Zipf(settings.keys());
        this.directory = Path.of(options.text("directory", "."));
        this.name = options.text("name", "0");
        this.sides = new Sides(List.of(options.text("sides", Sides.CACHEASIDE).split(",", -1)), options, settings);
    }

    public static void main(String[] args) throws Exception {
        Options options = Options.parse(args);
        Settings none = new Settings(1, 1, 1, 1, Duration.ZERO, 1, Settings.mix("plain=1"));
        HistoryJvm jvm = new HistoryJvm(options, none.with(options));
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", -1);
            System.out.println(
                    words[0].equals("turn") ? jvm.turn(words[1], Long.parseLong(words[2])) : jvm.rest(words[1]));
        }
        Runtime.getRuntime().halt(0);
    }

    /** The file that the JVM {@code name} writes for {@code side}. */
    static Path file(Path directory, String side, String name) {
        return directory.resolve(side + "-" + name + ".history");
    }

    private String turn(String side, long millis) throws IOException, InterruptedException {
        try (FileChannel file =
                FileChannel.open(file(directory, side, name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long hits = sides.documents(side).hits();
            long end = System.nanoTime() + millis * 1_000_000;
            List<Racer> racers = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < settings.threads(); i++) {
                Racer racer = new Racer(
                        settings,
                        keys,
                        sides.documents(side),
                        Recorder.buffered(file, fileLock, Integer.parseInt(name)),
                        () -> System.nanoTime() >= end);
                Thread thread = new Thread(racer, "racer-" + i);
                thread.start();
                racers.add(racer);
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            WriteCounts counts = new WriteCounts();
            racers.forEach(racer -> counts.add(racer.counts()));
            return "done " + sum(racers, Racer::operations) + " " + sum(racers, Racer::unconfirmed) + " "
                    + sum(racers, Racer::refused) + " " + sum(racers, Racer::failed) + " "
                    + (sides.documents(side).hits() - hits) + " " + counts.word();
        }
    }

    private static long sum(List<Racer> racers, ToLongFunction<Racer> figure) {
        return racers.stream().mapToLong(figure).sum();
    }

    private String rest(String side) {
        Documents documents = sides.documents(side);
        Rows rows = sides.rows(side);
        int wrong = 0;
        for (int key = 0; key < settings.keys(); key++) {
            wrong += documents.read(key).version() == rows.version(key) ? 0 : 1;
        }
        return "wrong " + wrong;
    }
}
