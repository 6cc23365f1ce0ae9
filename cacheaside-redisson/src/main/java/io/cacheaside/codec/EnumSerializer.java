package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes an enum constant: by ordinal for enums of the application, whose constants are part of the fingerprint; by name
 * for enums of the JDK, which may grow between releases, and in tolerant formats.
 */
final class EnumSerializer extends Serializer<Enum<?>> {

    private final Enum<?>[] constants;
    private final boolean byName;

    EnumSerializer(Class<?> type, Evolution evolution) {
        this.constants = (Enum<?>[]) type.getEnumConstants();
        this.byName = evolution == Evolution.TOLERANT || isByName(type);
    }

    static boolean isByName(Class<?> type) {
        return AllowList.isJdk(type.getName());
    }

    static List<String> names(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Object constant : type.getEnumConstants()) {
            names.add(((Enum<?>) constant).name());
        }
        return names;
    }

    /** How many there are. */
    int constants() {
        return constants.length;
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // the order of the constants is part of the fingerprint
    public void write(Kryo kryo, Output output, Enum<?> value) {
        if (byName) {
            Text.write(output, value.name());
        } else {
            output.writeVarInt(value.ordinal(), true);
        }
    }

    @Override
    public Enum<?> read(Kryo kryo, Input input, Class<? extends Enum<?>> type) {
        return byName ? named(((BoundedInput) input).readText()) : constants[input.readVarInt(true)];
    }

    private Enum<?> named(String name) {
        for (Enum<?> constant : constants) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no constant is called " + name);
    }
}
