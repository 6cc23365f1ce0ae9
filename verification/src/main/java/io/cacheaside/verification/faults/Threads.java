package io.cacheaside.verification.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The threads of some JVMs by name, numbers apart, at the beginning: what there may be at the end. */
final class Threads {

    /** Some are started when they are needed, up to the sizes of their pools. */
    private static final int LATER = 2;

    private final Map<String, Integer> before;

    Threads(List<String> before) {
        this.before = most(before);
    }

    /** What there are more of now, {@code name: before -> now}. */
    List<String> leaked(List<String> now) {
        List<String> leaked = new ArrayList<>();
        most(now).forEach((name, count) -> {
            int had = before.getOrDefault(name, 0);
            if (count > had + LATER) {
                leaked.add(name + ": " + had + " -> " + count);
            }
        });
        return leaked;
    }

    /** Of each name, how many the JVM has that has most. */
    private static Map<String, Integer> most(List<String> jvms) {
        Map<String, Integer> most = new TreeMap<>();
        for (String jvm : jvms) {
            Map<String, Integer> counts = new TreeMap<>();
            for (String name : jvm.split(" ", -1)) {
                counts.merge(name, 1, Integer::sum);
            }
            counts.forEach((name, count) -> most.merge(name, count, Math::max));
        }
        return most;
    }
}
