package io.cacheaside.verification.history;

import io.cacheaside.verification.Options;
import io.cacheaside.verification.history.documents.Shelves;
import io.cacheaside.verification.history.documents.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What a race is like.
 *
 * @param jvms how many JVMs; every second one runs the woven service
 * @param threads in each of them
 * @param keys documents, asked for by Zipf's law
 * @param writesPercent share of the writes
 * @param load longest pause of a load
 * @param shelf how many documents stand together on a {@linkplain Shelves shelf}; 0 where none does
 * @param mix the ways of the writes, each as often as it stands here
 */
public record Settings(int jvms, int threads, int keys, int writesPercent, Duration load, int shelf, List<Way> mix) {

    /** Refuses writes of shelves where there is none. */
    public Settings {
        if (shelf == 0 && (mix.contains(Way.TAG) || mix.contains(Way.WHOLE_CACHE))) {
            throw new IllegalArgumentException("--mix has writes of shelves, and there is none");
        }
    }

    /** The settings in {@code options}, the others from here. */
    public Settings with(Options options) {
        return new Settings(
                options.positive("jvms", jvms),
                options.positive("threads", threads),
                options.positive("keys", keys),
                options.positive("writes", writesPercent),
                options.duration("load", load),
                options.text("shelf", "").equals("0") ? 0 : options.positive("shelf", shelf),
                mix(options.text("mix", text(mix))));
    }

    /** As options for the JVMs. */
    public List<String> forJvm() {
        return List.of(
                "--threads", "" + threads,
                "--keys", "" + keys,
                "--writes", "" + writesPercent,
                "--load", load.toMillis() + "ms",
                "--shelf", "" + shelf,
                "--mix", text(mix));
    }

    /** What stands on which shelf. */
    public Shelves shelves() {
        return new Shelves(shelf, keys);
    }

    /** The same with no writes in this {@code way}. */
    public Settings without(Way way) {
        List<Way> others = mix.stream().filter(one -> one != way).toList();
        return new Settings(jvms, threads, keys, writesPercent, load, shelf, others);
    }

    private static String text(List<Way> mix) {
        List<String> parts = new ArrayList<>();
        for (Way way : Way.values()) {
            int count = Collections.frequency(mix, way);
            if (count > 0) {
                parts.add(name(way) + "=" + count);
            }
        }
        return String.join(",", parts);
    }

    /** {@code plain=5,rolled-back=1} */
    public static List<Way> mix(String text) {
        List<Way> mix = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] nameAndCount = part.split("=", 2);
            if (nameAndCount.length < 2 || !nameAndCount[1].matches("\\d{1,3}")) {
                throw new IllegalArgumentException("--mix wants way=count,…, not '" + part + "'");
            }
            mix.addAll(Collections.nCopies(Integer.parseInt(nameAndCount[1]), way(nameAndCount[0])));
        }
        if (mix.isEmpty()) {
            throw new IllegalArgumentException("--mix names no way to write");
        }
        return mix;
    }

    private static Way way(String name) {
        for (Way way : Way.values()) {
            if (name(way).equals(name)) {
                return way;
            }
        }
        throw new IllegalArgumentException("--mix knows no way '" + name + "'");
    }

    static String name(Way way) {
        return way.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
