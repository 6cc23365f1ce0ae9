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
    private final Evolution evolution;
    private final ClassIds ids = new ClassIds();
    private final ConcurrentMap<Limited, ValueFormat> formats = new ConcurrentHashMap<>();

    private KryoCodec(Builder builder) {
        this.allowList = new AllowList(
                builder.classes, builder.packages, Thread.currentThread().getContextClassLoader());
        this.evolution = builder.evolution;
    }

    /** Settings of a new codec. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@inheritDoc} For payloads up to 1 MB; the same format each time for equal types. */
    @Override
    public ValueFormat formatOf(Type type) {
        return formatOf(type, Limited.USUAL);
    }

    /** {@inheritDoc} Beside eight times a payload its reading allocates {@code maxPayload} bytes, or 1 MB where that is more. */
    @Override
    public ValueFormat formatOf(Type type, int maxPayload) {
        return formats.computeIfAbsent(new Limited(type, maxPayload), this::newFormat);
    }

    private ValueFormat newFormat(Limited limited) {
        Schema schema = TypeWalk.schemaOf(limited.type(), allowList);
        Schema announced = evolution == Evolution.STRICT
                ? schema
                : new Schema(schema.root(), schema.classes(), TypeWalk.tolerantFingerprint(limited.type()));
        return new KryoFormat(announced, new Registry(schema, allowList, ids, evolution), limited.maxPayload());
    }

    /** Collects the settings of a {@link KryoCodec}. Not thread-safe. */
    public static final class Builder {

        private final Set<Class<?>> classes = new LinkedHashSet<>();
        private final Set<String> packages = new LinkedHashSet<>();
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
