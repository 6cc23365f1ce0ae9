package io.cacheaside.benchmarks;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cacheaside.codec.JsonCodec;
import io.cacheaside.codec.KryoCodec;
import io.cacheaside.entry.Frame;
import io.cacheaside.entry.Lookup;
import io.cacheaside.spi.ValueCodec.ValueFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Encodes and decodes the shop sample's product by turns with the codecs and with what one would use instead. */
final class CodecDuel {

    private static final long SLICE_NANOS = 50_000_000;

    private static final int WARM_UP = 20;

    /** Whatever else the machine does takes time, but hardly this thread's own. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final String CODEC = "codec";
    private static final String PLAIN = "plain Kryo";
    private static final String JACKSON = "Jackson";
    private static final String JAVA = "Java serialization";

    /** As in samples/shop. */
    record ShopProduct(int id, String name, String category, BigDecimal price, int version) implements Serializable {}

    private static final ShopProduct VALUE =
            new ShopProduct(4711, "Desk lamp, brass, with a green shade", "lighting", new BigDecimal("129.90"), 17);

    private final Map<String, UnaryOperator<Object>> sides = new LinkedHashMap<>();
    private final Map<String, List<Double>> nanos = new LinkedHashMap<>();
    private final ValueFormat kryo = KryoCodec.builder().build().formatOf(ShopProduct.class);
    private final ValueFormat json = new JsonCodec().formatOf(ShopProduct.class);
    private final JsonMapper jackson = new JsonMapper();
    private final Kryo plain = plainKryo();
    private final Output output = new Output(1_024, -1);
    private boolean passed = true;
    private long sink;

    private CodecDuel() {
        sides.put(PLAIN, this::plainTrip);
        sides.put(CODEC, value -> trip(kryo, value));
        sides.put("codec in its frame", value -> framedTrip(kryo, value));
        sides.put(JACKSON, this::jacksonTrip);
        sides.put("JsonCodec", value -> trip(json, value));
        sides.put(JAVA, CodecDuel::serializedTrip);
    }

    /** Prints sizes and times with their aims; false where one of these was missed. */
    static boolean fight(int slices) {
        CodecDuel duel = new CodecDuel();
        duel.compareSizes();
        duel.compareTimes(slices);
        System.out.println(duel.passed ? "PASS" : "FAIL");
        return duel.passed;
    }

    private void compareSizes() {
        int ours = kryo.encode(VALUE).length;
        int theirs = plainBytes(VALUE).length;
        System.out.println("bytes of " + VALUE + ":");
        size("frame around it", Frame.OVERHEAD);
        size(CODEC, ours);
        size(PLAIN, theirs);
        size("JsonCodec", json.encode(VALUE).length);
        size(JAVA, serialized(VALUE).length);
        atMost("frame", Frame.OVERHEAD, 40);
        atMost(CODEC + " : " + PLAIN, (double) ours / theirs, 1.1);
    }

    private void compareTimes(int slices) {
        for (int slice = -WARM_UP; slice < slices; slice++) {
            boolean counts = slice >= 0;
            sides.forEach((name, side) -> {
                double each = slice(side);
                if (counts) {
                    nanos.computeIfAbsent(name, n -> new ArrayList<>()).add(each);
                }
            });
        }
        System.out.println("encode + decode, medians of " + slices + " turns of 50 ms of the thread's processor time:");
        nanos.keySet().forEach(name -> System.out.printf(Locale.ROOT, "  %-28s %,8.0f ns%n", name, median(name)));
        atMost(CODEC + " : " + PLAIN, median(CODEC) / median(PLAIN), 1.3);
        atLeast(JACKSON + " : " + CODEC, median(JACKSON) / median(CODEC), 2);
        atLeast(JAVA + " : " + CODEC, median(JAVA) / median(CODEC), 8);
        if (sink == 42) { // so that what was decoded is needed
            System.out.println();
        }
    }

    private static void size(String name, int bytes) {
        System.out.printf(Locale.ROOT, "  %-28s %,8d%n", name, bytes);
    }

    private void atMost(String name, double figure, double aim) {
        gate(name, figure, "at most " + aim, figure <= aim);
    }

    private void atLeast(String name, double figure, double aim) {
        gate(name, figure, "at least " + aim, figure >= aim);
    }

    private void gate(String name, double figure, String aim, boolean holds) {
        passed &= holds;
        System.out.printf(Locale.ROOT, "  %-28s %8.2f   aim: %s: %s%n", name, figure, aim, holds ? "PASS" : "FAIL");
    }

    private double slice(UnaryOperator<Object> side) {
        long start = THREADS.getCurrentThreadCpuTime();
        long trips = 0;
        long now = start;
        while (now - start < SLICE_NANOS) {
            for (int i = 0; i < 100; i++) {
                sink += side.apply(VALUE).hashCode();
            }
            trips += 100;
            now = THREADS.getCurrentThreadCpuTime();
        }
        return (double) (now - start) / trips;
    }

    private double median(String name) {
        double[] sorted = nanos.getOrDefault(name, List.of()).stream()
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return sorted[sorted.length / 2];
    }

    private static Object trip(ValueFormat format, Object value) {
        byte[] bytes = format.encode(value);
        return format.decode(bytes, 0, bytes.length);
    }

    private static Object framedTrip(ValueFormat format, Object value) {
        byte[] frame = Frame.value(format.fingerprint(), 1, 1, format.encode(value));
        Lookup.Value found = (Lookup.Value) Frame.read(frame, format.fingerprint());
        return format.decode(frame, found.payloadOffset(), found.payloadLength());
    }

    private static Kryo plainKryo() {
        Kryo kryo = new Kryo();
        kryo.register(ShopProduct.class);
        kryo.register(BigDecimal.class);
        return kryo;
    }

    private byte[] plainBytes(Object value) {
        output.reset();
        plain.writeClassAndObject(output, value);
        return output.toBytes();
    }

    private Object plainTrip(Object value) {
        return plain.readClassAndObject(new Input(plainBytes(value)));
    }

    private Object jacksonTrip(Object value) {
        try {
            return jackson.readValue(jackson.writeValueAsBytes(value), ShopProduct.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object serializedTrip(Object value) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized(value)))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] serialized(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }
}
