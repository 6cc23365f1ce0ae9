package io.cacheaside.verification.faults;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cacheaside.policy.MarkPolicy;
import io.cacheaside.redisson.RedissonClients;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.Racer;
import io.cacheaside.verification.history.Recorder;
import io.cacheaside.verification.history.Settings;
import io.cacheaside.verification.history.Zipf;
import io.cacheaside.verification.history.documents.CacheAsideDocuments;
import io.cacheaside.verification.history.documents.Documents;
import io.cacheaside.verification.history.documents.Rows;
import io.cacheaside.verification.history.documents.Way;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * One of the JVMs of a {@link FaultRace}. Orders: {@code run <directory>}, {@code run-untagged <directory>}, {@code state}, {@code die <point>}, {@code
 * stop}, {@code rest}, {@code threads}; each is answered by one line that begins with its name.
 */
final class FaultJvm {

    static final String TABLE = "document_cacheaside";

    private final Settings settings;
    private final int number;
    /** Marks of the dead end within a round. */
    private final FaultProbe probe;

    private final Rows rows;
    private final Documents documents;
    private final List<Racer> racers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final List<FileChannel> files = new ArrayList<>();
    private @Nullable Recorder looks;
    private volatile boolean over;

    private FaultJvm(Options options, Settings settings) {
        this.settings = settings;
        this.probe = new FaultProbe(settings.shelves(), new MarkPolicy(Duration.ofSeconds(2)));
        this.number = Integer.parseInt(options.text("name", "0"));
        JdbcConnectionPool pool = JdbcConnectionPool.create(options.text("database", ""), "sa", "");
        pool.setMaxConnections(settings.threads() + 4);
        this.rows =
                probe.rows(new JdbcTemplate(pool), TABLE, (int) settings.load().toMillis());
        this.documents = probe.watching(new CacheAsideDocuments(
                RedissonClients.create(settings(options)),
                new DataSourceTransactionManager(pool),
                rows,
                settings.shelves(),
                probe));
    }

    private static RedissonSettings settings(Options options) {
        if (!options.text("cluster", "").isEmpty()) {
            return RedissonSettings.ofCluster(
                    List.of(options.text("cluster", "").split(",", -1)));
        }
        String sentinel = options.text("sentinel", "");
        return sentinel.isEmpty()
                ? RedissonSettings.of(options.text("redis", ""))
                : RedissonSettings.ofSentinels(options.text("master", ""), List.of(sentinel));
    }

    public static void main(String[] args) throws Exception {
        // it says at length what is expected here
        ((Logger) LoggerFactory.getLogger("io.cacheaside")).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("org.redisson")).setLevel(Level.OFF);
        Options options = Options.parse(args);
        Settings none = new Settings(1, 1, 1, 1, Duration.ZERO, 1, Settings.mix("plain=1"));
        FaultJvm jvm = new FaultJvm(options, none.with(options));
        System.out.println("up");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            System.out.println(words[0] + " " + jvm.obey(words[0], words.length > 1 ? words[1] : ""));
        }
        Runtime.getRuntime().halt(0);
    }

    private String obey(String order, String argument) throws IOException, InterruptedException {
        return switch (order) {
            case "run" -> run(Path.of(argument), settings);
            case "run-untagged" -> run(Path.of(argument), settings.without(Way.TAG));
            case "state" -> sum(Racer::reads) + " " + documents.hits() + " " + probe.open();
            case "die" -> {
                probe.dieAt(Point.valueOf(argument));
                yield argument;
            }
            case "stop" -> stop();
            case "rest" -> rest();
            default -> threadNames();
        };
    }

    private String run(Path directory, Settings settings) throws IOException {
        over = false;
        List<FileChannel> old = List.copyOf(files);
        files.clear();
        looks = recorder(directory, "rest");
        Zipf keys = new Zipf(settings.keys());
        probe.record(recorder(directory, "removals"));
        racers.clear();
        threads.clear();
        for (int i = 0; i < settings.threads(); i++) {
            Racer racer = new Racer(settings, keys, documents, recorder(directory, "racer" + i), () -> over);
            racers.add(racer);
            threads.add(new Thread(racer, "racer-" + i));
        }
        threads.forEach(Thread::start);
        for (FileChannel file : old) {
            file.close();
        }
        return "" + threads.size();
    }

    /** A file of its own for each thread, so that a write that was begun and not ended is the last one in it. */
    private Recorder recorder(Path directory, String name) throws IOException {
        String free = number + "-" + ProcessHandle.current().pid() + "-" + name;
        FileChannel file = FileChannel.open(
                Files.createDirectories(directory).resolve(free), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        files.add(file);
        return Recorder.surviving(file, number);
    }

    private String stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return sum(Racer::operations) + " " + sum(Racer::unconfirmed) + " " + sum(Racer::refused) + " "
                + sum(Racer::failed) + " " + max(Racer::longestRead) + " " + max(Racer::longestWrite);
    }

    private long sum(ToLongFunction<Racer> figure) {
        return racers.stream().mapToLong(figure).sum();
    }

    private long max(ToLongFunction<Racer> figure) {
        return racers.stream().mapToLong(figure).max().orElse(0);
    }

    /** The keys that are read otherwise than the database has them, now that nobody writes. */
    private String rest() {
        Recorder looks = Objects.requireNonNull(this.looks);
        List<String> wrong = new ArrayList<>();
        for (int key = 0; key < settings.keys(); key++) {
            long invoked = System.nanoTime();
            int read = documents.read(key).version();
            looks.read(key, read, invoked, System.nanoTime());
            int row = rows.version(key);
            if (read != row) {
                wrong.add(key + ":" + read + ":" + row);
            }
        }
        return String.join(" ", wrong);
    }

    /** The live threads without what numbers them. */
    private static String threadNames() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("\\d+", "#").replace(' ', '_'))
                .sorted()
                .collect(Collectors.joining(" "));
    }
}
