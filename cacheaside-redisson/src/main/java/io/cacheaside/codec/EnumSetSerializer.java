package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.util.EnumSet;

/** Writes the enum, the number of constants and the constants. */
@SuppressWarnings({"rawtypes", "unchecked"}) // the enum is known at run time only
final class EnumSetSerializer extends Serializer<EnumSet> {

    private static final int EMPTY = 48;

    @Override
    public void write(Kryo kryo, Output output, EnumSet value) {
        Registration registration = kryo.writeClass(output, enumOf(value));
        begin(kryo, ((BoundedOutput) output).budget(), registration);
        output.writeVarInt(value.size(), true);
        for (Object constant : value) {
            registration.getSerializer().write(kryo, output, constant);
        }
    }

    @Override
    public EnumSet read(Kryo kryo, Input input, Class<? extends EnumSet> type) {
        Registration registration = enumRegistration(kryo, input);
        begin(kryo, ((BoundedInput) input).budget(), registration);
        EnumSet set = EnumSet.noneOf(registration.getType());
        int size = ((BoundedInput) input).readElementCount();
        for (int i = 0; i < size; i++) {
            set.add(registration.getSerializer().read(kryo, input, registration.getType()));
        }
        return set;
    }

    /** One bit for each constant. */
    private static void begin(Kryo kryo, Budget budget, Registration type) {
        budget.chargeArray(EMPTY + ((EnumSerializer) type.getSerializer()).constants() / Byte.SIZE, 1);
        References.of(kryo).beginCollection();
    }

    static Registration enumRegistration(Kryo kryo, Input input) {
        Registration registration = kryo.readClass(input);
        if (registration == null || !registration.getType().isEnum()) {
            throw new CodecException("no enum where there must be one");
        }
        return registration;
    }

    /** An empty set tells its enum only through its complement. */
    private static Class<?> enumOf(EnumSet value) {
        EnumSet some = value.isEmpty() ? EnumSet.complementOf(value) : value;
        if (some.isEmpty()) {
            throw new CodecException("a set of an enum without constants cannot be written");
        }
        return ((Enum<?>) some.iterator().next()).getDeclaringClass();
    }
}
