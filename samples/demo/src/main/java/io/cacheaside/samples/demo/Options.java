package io.cacheaside.samples.demo;

import io.cacheaside.samples.shop.SampleData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param replay drive traffic, rather than wait for a browser
 * @param port wanted by the user; empty: 8080, or a free one where that is taken
 * @param redis address of a running Redis; empty: one of our own
 * @param trace recorded requests; empty: generated ones
 * @param format how the trace is written; empty: guessed
 * @param limit how long both phases of a replay may take together; empty: 20 s, or as long as the trace is
 * @param clients connections that ask at the same time
 * @param data size of the shop; a trace with more products makes it larger
 */
record Options(
        boolean replay,
        Optional<Integer> port,
        Optional<String> redis,
        Optional<Path> trace,
        Optional<TraceFormat> format,
        Optional<Duration> limit,
        int clients,
        SampleData data) {

    /**
     * The options that {@code arguments} write.
     *
     * @throws IllegalArgumentException for the user to read
     */
    static Options parse(String... arguments) {
        Parser parser = new Parser();
        for (Iterator<String> words = List.of(arguments).iterator(); words.hasNext(); ) {
            parser.take(words.next(), words);
        }
        return parser.options();
    }

    private static final class Parser {

        private boolean replay;
        private Optional<Integer> port = Optional.empty();
        private Optional<String> redis = Optional.empty();
        private Optional<Path> trace = Optional.empty();
        private Optional<TraceFormat> format = Optional.empty();
        private Optional<Duration> limit = Optional.empty();
        private int clients = 16;
        private int products = SampleData.DEFAULT.products();
        private int reviews = SampleData.DEFAULT.reviews();

        void take(String name, Iterator<String> rest) {
            switch (name) {
                case "--replay" -> replay = true;
                case "--port" -> port = Optional.of(number(name, rest, 1, 65_535));
                case "--redis" -> redis = Optional.of(address(value(name, rest)));
                case "--trace" -> trace = Optional.of(file(value(name, rest)));
                case "--format" -> format = Optional.of(TraceFormat.named(value(name, rest)));
                case "--seconds" -> limit = Optional.of(Duration.ofSeconds(number(name, rest, 2, 86_400)));
                case "--clients" -> clients = number(name, rest, 1, 1_000);
                case "--products" -> products = number(name, rest, 1_000, 10_000_000);
                case "--reviews" -> reviews = number(name, rest, 1_000, 100_000_000);
                default -> throw new IllegalArgumentException("unknown option " + name + "; ./demo --help lists them");
            }
        }

        Options options() {
            boolean replays = replay || trace.isPresent();
            if (!replays && limit.isPresent()) {
                throw new IllegalArgumentException("--seconds belongs to --replay or --trace");
            }
            if (format.isPresent() && trace.isEmpty()) {
                throw new IllegalArgumentException("--format belongs to --trace");
            }
            return new Options(replays, port, redis, trace, format, limit, clients, new SampleData(products, reviews));
        }

        private static String value(String name, Iterator<String> rest) {
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            return rest.next();
        }

        private static int number(String name, Iterator<String> rest, int least, int most) {
            String written = value(name, rest);
            try {
                int number = Integer.parseInt(written);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // said below
            }
            throw new IllegalArgumentException(name + " " + written + " is not a number from " + least + " to " + most);
        }

        private static String address(String written) {
            return written.contains("://") ? written : "redis://" + written;
        }

        private static Path file(String written) {
            Path file = Path.of(written);
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("cannot read the trace " + file);
            }
            return file;
        }
    }
}
