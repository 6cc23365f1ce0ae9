package io.cacheaside.key;

import java.util.regex.Pattern;

/** What a cache may be called. */
public final class CacheName {

    /** What a name may contain, as the end of a sentence. */
    static final String RULE = "may contain letters A to Z, digits, '.', '_' and '-', and single ':' between them";

    static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9._-]+(:[A-Za-z0-9._-]+)*");

    private CacheName() {}

    /**
     * {@code name}, where a cache may have it.
     *
     * @throws IllegalArgumentException where not, with what is wrong
     */
    public static String checked(String name) {
        if (!PATTERN.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of the cache, '" + name + "', " + RULE);
        }
        return name;
    }
}
