package io.cacheaside.engine;

import java.util.Collection;

/** Keys that can be removed together without naming each. */
public sealed interface KeyGroup {

    /** True where a key of {@code cache} may be one of them. */
    boolean mayHold(String cache);

    /** True where a key of {@code cache} may be in one of {@code groups}. */
    static boolean anyMayHold(Collection<KeyGroup> groups, String cache) {
        for (KeyGroup group : groups) {
            if (group.mayHold(cache)) {
                return true;
            }
        }
        return false;
    }

    /** All keys of one cache, which are all that begin with its name and a colon. */
    record WholeCache(String cache) implements KeyGroup {

        /** As its keys are removed by their beginning: also of a cache that nests in it. */
        @Override
        public boolean mayHold(String other) {
            return other.startsWith(cache) && (other.length() == cache.length() || other.charAt(cache.length()) == ':');
        }

        @Override
        public String toString() {
            return "all keys of cache '" + cache + "'";
        }
    }

    /** All keys that are registered under a tag, of whatever caches. */
    sealed interface Tagged extends KeyGroup {

        TaggedCaches caches();

        @Override
        default boolean mayHold(String cache) {
            return caches().contains(cache);
        }
    }

    /** Those of one complete tag. */
    record Tag(String tag, TaggedCaches caches) implements Tagged {

        /** What stands for this one among too many to remember each. */
        AnyTag any() {
            return new AnyTag(caches);
        }

        @Override
        public String toString() {
            return "all keys of tag '" + tag + "'";
        }
    }

    /** Those of any tag. As nobody knows all tags they are removed with all others of the namespace. */
    record AnyTag(TaggedCaches caches) implements Tagged {

        @Override
        public String toString() {
            return "all keys of any tag";
        }
    }
}
