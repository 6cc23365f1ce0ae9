package io.cacheaside.verification.decoder;

import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Well-formed payloads below 1 MB that would take a reader very long or very much memory. The codec itself writes them,
 * for one that allows larger payloads and with them more of everything.
 */
final class Bombs {

    private static final int LARGEST = 64 << 20;
    private static final int CLASHING = 60;

    private Bombs() {}

    /** Payloads for {@code target}, a list of anything. */
    static List<byte[]> of(Specimen target) {
        ValueFormat format = target.codec().formatOf(target.type(), LARGEST);
        List<byte[]> all = new ArrayList<>();
        for (Object value : values()) {
            all.add(format.encode(value));
        }
        return all;
    }

    private static List<Object> values() {
        List<Object> besideBytes = many(100_000, i -> new HashSet<>());
        besideBytes.add(new byte[400_000]);
        return List.of(
                many(200_000, i -> new HashSet<>()),
                many(200_000, i -> new ArrayList<>()),
                many(200_000, i -> new LinkedHashMap<>()),
                many(200_000, i -> new TreeSet<>()),
                many(120_000, i -> Optional.of(i % 100)),
                many(300_000, i -> ""),
                many(60_000, i -> new HashMap<>(Collections.singletonMap(1, 2))),
                many(20_000, i -> new ArrayList<>(List.of(new ArrayList<>(), new HashSet<>()))),
                besideBytes,
                many(50, i -> new HashSet<>(clashing())),
                List.of(within(60)),
                List.of(crossed(15)));
    }

    private static List<Object> many(int count, IntFunction<Object> each) {
        return IntStream.range(0, count).mapToObj(each).collect(Collectors.toCollection(ArrayList::new));
    }

    /** Lists with equal hashes: each is compared with each. */
    private static List<List<Integer>> clashing() {
        return IntStream.range(0, CLASHING).mapToObj(n -> List.of(n, -31 * n)).toList();
    }

    /** Each set is hashed for each one around it. */
    private static Set<Object> within(int depth) {
        Set<Object> set = new HashSet<>();
        for (int i = 0; i < depth; i++) {
            Set<Object> around = new HashSet<>(List.of(set));
            for (int j = 0; j < 100; j++) {
                around.add(new ArrayList<>(List.of(i, j)));
            }
            set = around;
        }
        return set;
    }

    /** Each set holds both below it, so its hash is made of two to the power of {@code depth} ones. */
    private static Set<Object> crossed(int depth) {
        Set<Object> root = new HashSet<>();
        List<Set<Object>> above = List.of(root);
        for (int i = 0; i < depth; i++) {
            Set<Object> left = new HashSet<>(Set.of("left"));
            Set<Object> right = new HashSet<>();
            for (Set<Object> set : above) { // filled from above: none is hashed when it is full
                set.add(left);
                set.add(right);
            }
            above = List.of(left, right);
        }
        return root;
    }
}
