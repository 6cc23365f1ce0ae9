package io.cacheaside.codec;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.spi.ValueCodec;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A codec on Kryo that reads and writes only classes known beforehand: those that the declared type leads to, plus
 * what the application allows by name. Thread-safe; formats are kept for the life of the codec.
 *
 * <p>No class is named by the bytes unless it lies in an allowed package, no Java serialization takes part, and no
 * class needs an opened JDK module. {@code docs/codec.md} lists the supported types.
 */
public final class KryoCodec implements ValueCodec {

    private final AllowList allowList;
    private final int maxPayload;
    private final Evolution evolution;
    private final ClassIds ids = new ClassIds();
    private final ConcurrentMap<Type, ValueFormat> formats = new ConcurrentHashMap<>();

    private KryoCodec(Builder builder) {
        this.allowList = new AllowList(
                builder.classes, builder.packages, Thread.currentThread().getContextClassLoader());
        this.maxPayload = builder.maxPayload;
        this.evolution = builder.evolution;
    }

    /** Settings of a new codec. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} The same format each time for equal types. */
    @Override
    public ValueFormat formatOf(Type type) {
        return formats.computeIfAbsent(type, this::newFormat);
    }

    private ValueFormat newFormat(Type type) {
        Schema schema = TypeWalk.schemaOf(type, allowList);
        Schema announced = evolution == Evolution.STRICT
                ? schema
                : new Schema(schema.root(), schema.classes(), TypeWalk.tolerantFingerprint(type));
        return new KryoFormat(announced, new Registry(schema, allowList, ids, evolution), maxPayload);
    }

    /** Collects the settings of a {@link KryoCodec}. Not thread-safe. */
    public static final class Builder {

        private static final int MEGABYTE = 1 << 20;
        private static final int LARGEST = 64 * MEGABYTE;

        private final Set<Class<?>> classes = new LinkedHashSet<>();
        private final Set<String> packages = new LinkedHashSet<>();
        private int maxPayload = MEGABYTE;
        private Evolution evolution = Evolution.STRICT;

        private Builder() {}

        /**
         * Allows concrete classes wherever a declared type is an interface, {@code Object} or a superclass that they
         * fit. They count into the fingerprint of the types that they fit.
         */
        public Builder allow(Class<?>... allowed) {
            classes.addAll(List.of(allowed));
            return this;
        }

        /**
         * Allows every class in these packages and below them, where a declared type leaves the class open. Such a class
         * is written with its name and its own fingerprint.
         *
         * @throws ConfigurationException for an empty name and for packages of the JDK
         */
        public Builder allowedPackages(String... names) {
            for (String name : names) {
                if (name.isBlank() || AllowList.isJdk(name + ".")) {
                    throw new ConfigurationException(
                            "'" + name + "' cannot be an allowed package: name packages of the" + " application");
                }
                packages.add(name);
            }
            return this;
        }

        /**
         * The largest payload in bytes that is written or read, 1 MB by default.
         *
         * @throws ConfigurationException unless between 1 byte and 64 MB
         */
        public Builder maxPayload(int bytes) {
            if (bytes < 1 || bytes > LARGEST) {
                throw new ConfigurationException("the largest payload must lie between 1 byte and 64 MB, not " + bytes);
            }
            maxPayload = bytes;
            return this;
        }

        /** What becomes of stored values when a class changes; {@link Evolution#STRICT} by default. */
        public Builder evolution(Evolution wanted) {
            evolution = wanted;
            return this;
        }

        /** A codec with the settings collected so far. */
        public KryoCodec build() {
            return new KryoCodec(this);
        }
    }
}
