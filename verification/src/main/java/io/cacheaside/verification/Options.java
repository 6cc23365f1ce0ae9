package io.cacheaside.verification;

import io.cacheaside.policy.Durations;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Command line options as pairs: {@code --name value}. */
public final class Options {

    private final Map<String, String> values;

    private Options(Map<String, String> values) {
        this.values = values;
    }

    /** The options in {@code args}. */
    public static Options parse(String... args) {
        if (args.length % 2 != 0) {
            throw new IllegalArgumentException("options come as --name value");
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--")) {
                throw new IllegalArgumentException("'" + args[i] + "' is not an option: write --name value");
            }
            values.put(args[i].substring(2), args[i + 1]);
        }
        return new Options(values);
    }

    /** Refuses every option whose name is not in {@code known}. */
    public Options only(Set<String> known) {
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown option --" + name + "; there are " + known);
            }
        }
        return this;
    }

    /** The text of an option, or {@code otherwise} where it is not given. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** The whole number of an option, which has to be above zero. */
    public int positive(String name, int otherwise) {
        String text = values.get(name);
        try {
            int value = text == null ? otherwise : Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw new IllegalArgumentException("--" + name + " wants a positive number, not '" + text + "'");
    }

    /** The duration of an option. */
    public Duration duration(String name, Duration otherwise) {
        String text = values.get(name);
        return text == null ? otherwise : Durations.parse(text);
    }
}
