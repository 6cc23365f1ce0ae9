package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.util.EnumMap;

/** Writes the enum and the entries. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the enum is known at run time only
final class EnumMapSerializer extends Serializer<EnumMap> {

    /** What an empty map takes beside its places, in places. */
    private static final int EMPTY = 24;

    @Override
    public void write(Kryo kryo, Output output, EnumMap value) {
        Registration registration = kryo.writeClass(output, value.isEmpty() ? enumOfEmpty(kryo, value) : enumOf(value));
        BoundedOutput bounded = (BoundedOutput) output;
        charge(bounded.budget(), registration);
        MapSerializer.writeEntries(kryo, bounded, null, value);
    }

    @Override
    public EnumMap read(Kryo kryo, Input input, Class<? extends EnumMap> type) {
        Registration keys = EnumSetSerializer.enumRegistration(kryo, input);
        BoundedInput bounded = (BoundedInput) input;
        charge(bounded.budget(), keys);
        EnumMap map = new EnumMap(keys.getType());
        kryo.reference(map);
        int size = bounded.readElementCount();
        bounded.claimElements(size);
        MapSerializer.begin(kryo, null, size, bounded.budget());
        MapSerializer.readEntries(kryo, bounded, size, null, map);
        return map;
    }

    /** One place for each constant. */
    private static void charge(Budget budget, Registration type) {
        int constants = ((EnumSerializer) type.getSerializer()).constants();
        budget.chargeArray(EMPTY + constants, Integer.BYTES);
    }

    private static Class<?> enumOf(EnumMap value) {
        return ((Enum<?>) value.keySet().iterator().next()).getDeclaringClass();
    }

    /** An empty map tells its enum only by what it accepts. */
    private static Class<?> enumOfEmpty(Kryo kryo, EnumMap value) {
        for (Class<?> candidate : Registry.of(kryo).enums()) {
            Object[] constants = candidate.getEnumConstants();
            if (constants.length > 0 && accepts(value.clone(), (Enum<?>) constants[0])) {
                return candidate;
            }
        }
        throw new CodecException("an empty map of an unknown enum cannot be written");
    }

    private static boolean accepts(EnumMap copy, Enum<?> key) {
        try {
            copy.put(key, null);
            return true;
        } catch (ClassCastException e) {
            return false;
        }
    }
}
