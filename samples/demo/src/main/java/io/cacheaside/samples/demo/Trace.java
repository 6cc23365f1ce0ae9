package io.cacheaside.samples.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.tukaani.xz.XZInputStream;

/**
 * Recorded requests, in their order. Product 1 is what they ask for most, because the shop's first products have the most
 * reviews.
 */
final class Trace {

    private final int[] requests;
    private final int products;

    Trace(int[] requests, int products) {
        this.requests = requests.clone();
        this.products = products;
    }

    /**
     * Reads an xz-compressed trace; an empty {@code format} is guessed.
     *
     * @throws IOException where the file is not xz, damaged, empty or not made of whole words
     */
    static Trace read(Path file, Optional<TraceFormat> format) throws IOException {
        byte[] words;
        try (InputStream in = new XZInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            words = in.readAllBytes();
        }
        if (words.length == 0 || words.length % Integer.BYTES != 0) {
            throw new IOException(file + " has " + words.length + " bytes: a trace is made of 32-bit words");
        }
        return byPopularity(format.orElseGet(() -> TraceFormat.guess(words)).read(words));
    }

    /** The product of each request. */
    IntStream requests() {
        return IntStream.of(requests);
    }

    /** How many requests there are. */
    int size() {
        return requests.length;
    }

    /** How many different products they ask for. */
    int products() {
        return products;
    }

    /** These requests from the beginning to the end, once. */
    Traffic traffic() {
        AtomicInteger next = new AtomicInteger();
        return new Traffic() {
            @Override
            public int next() {
                int at = next.getAndIncrement();
                return at < requests.length ? requests[at] : END;
            }

            @Override
            public long size() {
                return requests.length;
            }
        };
    }

    private static Trace byPopularity(int[] recorded) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int id : recorded) {
            counts.merge(id, 1, Integer::sum);
        }
        List<Integer> ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<Integer, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
        Map<Integer, Integer> rank = new HashMap<>();
        ranked.forEach(id -> rank.put(id, rank.size() + 1));
        return new Trace(
                IntStream.of(recorded).map(id -> rank.getOrDefault(id, 0)).toArray(), ranked.size());
    }
}
