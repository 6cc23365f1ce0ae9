package io.cacheaside.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.cacheaside.error.CodecException;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a record's components in their order, and reads it through the canonical constructor. */
final class RecordSerializer extends MemberSerializer {

    private static final int ARRAY = 24;

    private final MethodHandle constructor;
    private final MethodHandle[] getters;
    private final Slot[] slots;
    private final @Nullable Object[] absent;
    private final int cost;

    RecordSerializer(Class<?> type, Evolution evolution) throws NoSuchFieldException {
        RecordComponent[] components = type.getRecordComponents();
        constructor = Members.canonical(type);
        getters = new MethodHandle[components.length];
        slots = new Slot[components.length];
        absent = new Object[components.length];
        cost = Fields.size(type) + ARRAY + components.length * Integer.BYTES;
        for (int i = 0; i < components.length; i++) {
            getters[i] = Members.getter(type.getDeclaredField(components[i].getName()));
            slots[i] = Slot.of(components[i].getType(), evolution);
            absent[i] = absent(components[i].getType());
        }
    }

    @Override
    public void write(Kryo kryo, Output output, Object value) {
        ((BoundedOutput) output).budget().charge(cost);
        References.of(kryo).enter(value);
        for (int i = 0; i < slots.length; i++) {
            slots[i].write(kryo, output, get(i, value));
        }
        References.of(kryo).leave();
    }

    @Override
    public Object read(Kryo kryo, Input input, Class<?> type) {
        ((BoundedInput) input).budget().charge(cost);
        @Nullable Object[] components = new Object[slots.length];
        for (int i = 0; i < slots.length; i++) {
            components[i] = slots[i].read(kryo, (BoundedInput) input);
        }
        return made(type, components);
    }

    /** What is missing is null, zero, false or empty. */
    @Override
    Object read(Kryo kryo, BoundedInput input, Class<?> type, Plan plan) {
        input.budget().charge(cost + Skipper.COST);
        @Nullable Object[] components = absent.clone();
        Skipper skipper = new Skipper(kryo, input);
        for (int i = 0; i < plan.targets().length; i++) {
            int target = plan.targets()[i];
            if (target == Plan.UNKNOWN) {
                skipper.skip(plan.slots()[i]);
            } else {
                components[target] = slots[target].read(kryo, input);
            }
        }
        return made(type, components);
    }

    private static @Nullable Object absent(Class<?> component) {
        return component == Optional.class ? Optional.empty() : Array.get(Array.newInstance(component, 1), 0);
    }

    private Object made(Class<?> type, @Nullable Object[] components) {
        try {
            return (Object) constructor.invokeExact(components);
        } catch (Throwable e) {
            throw new CodecException("the constructor of " + type.getName() + " refused what was read", e);
        }
    }

    private @Nullable Object get(int index, Object value) {
        try {
            return (Object) getters[index].invokeExact(value);
        } catch (Throwable e) {
            throw new CodecException("a field of " + value.getClass().getName() + " cannot be read", e);
        }
    }
}
