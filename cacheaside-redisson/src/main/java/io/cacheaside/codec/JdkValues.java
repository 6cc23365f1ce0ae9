package io.cacheaside.codec;

import io.cacheaside.codec.ValueSerializer.Reader;
import io.cacheaside.codec.ValueSerializer.Writer;
import io.cacheaside.error.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** The JDK's value classes and how each is written, through its public constructors and factories only. */
final class JdkValues {

    /** Bytes of an object with two small fields; of one that may have a second object inside. */
    private static final int SMALL = 24;

    private static final int SMALL_SHARED = 48;

    private static final int BIG_INTEGER = 48;

    /** Of URIs, zones, locales and currencies. */
    private static final int LONGEST_NAME = 8_192;

    private static final int NAME_COPIES = 4;

    /** Offsets of whole quarters of an hour are kept by the JDK. */
    private static final int KEPT_OFFSETS = 900;

    private static final int NEW_OFFSET = 256;

    private final Map<Class<?>, ValueSerializer<?>> all = new LinkedHashMap<>();

    private JdkValues() {
        wrappers();
        numbersAndNames();
        points();
        partsOfTime();
        mutables();
        arrays();
    }

    static Map<Class<?>, ValueSerializer<?>> all() {
        return Map.copyOf(new JdkValues().all);
    }

    private void wrappers() {
        value(Boolean.class, 0, BoundedOutput::writeBoolean, BoundedInput::readBoolean);
        value(Byte.class, 0, (out, v) -> out.writeByte(v.byteValue()), BoundedInput::readByte);
        value(Short.class, 16, (out, v) -> out.writeShort(v), BoundedInput::readShort);
        value(Character.class, 16, BoundedOutput::writeChar, BoundedInput::readChar);
        value(Integer.class, 16, (out, v) -> out.writeVarInt(v, false), in -> in.readVarInt(false));
        value(Long.class, (out, v) -> out.writeVarLong(v, false), in -> in.readVarLong(false));
        value(Float.class, 16, BoundedOutput::writeFloat, BoundedInput::readFloat);
        value(Double.class, BoundedOutput::writeDouble, BoundedInput::readDouble);
        value(String.class, 0, Text::write, BoundedInput::readText);
    }

    private void numbersAndNames() {
        value(BigInteger.class, 0, JdkValues::writeBigInteger, JdkValues::readBigInteger);
        value(BigDecimal.class, 40, JdkValues::writeBigDecimal, JdkValues::readBigDecimal);
        value(UUID.class, 32, JdkValues::writeUuid, in -> new UUID(in.readLong(), in.readLong()));
        text(URI.class, 512, URI::toString, URI::create);
        text(Currency.class, 32, Currency::getCurrencyCode, Currency::getInstance);
        value(Locale.class, 2_048, JdkValues::writeLocale, JdkValues::readLocale);
        value(OptionalInt.class, JdkValues::writeOptionalInt, JdkValues::readOptionalInt);
        value(OptionalLong.class, JdkValues::writeOptionalLong, JdkValues::readOptionalLong);
        value(OptionalDouble.class, JdkValues::writeOptionalDouble, JdkValues::readOptionalDouble);
    }

    private void points() {
        value(
                Instant.class,
                (out, v) -> seconds(out, v.getEpochSecond(), v.getNano()),
                in -> Instant.ofEpochSecond(in.readVarLong(false), in.readVarInt(true)));
        value(LocalDate.class, (out, v) -> out.writeVarLong(v.toEpochDay(), false), JdkValues::readDate);
        value(LocalTime.class, (out, v) -> out.writeVarLong(v.toNanoOfDay(), true), JdkValues::readTime);
        value(LocalDateTime.class, 72, JdkValues::writeDateTime, JdkValues::readDateTime);
        value(OffsetDateTime.class, 96, JdkValues::writeOffsetDateTime, JdkValues::readOffsetDateTime);
        value(OffsetTime.class, 48, JdkValues::writeOffsetTime, in -> OffsetTime.of(readTime(in), readOffset(in)));
        value(ZonedDateTime.class, 512, JdkValues::writeZoned, JdkValues::readZoned);
    }

    private void partsOfTime() {
        value(
                Duration.class,
                (out, v) -> seconds(out, v.getSeconds(), v.getNano()),
                in -> Duration.ofSeconds(in.readVarLong(false), in.readVarInt(true)));
        value(Period.class, JdkValues::writePeriod, JdkValues::readPeriod);
        value(Year.class, (out, v) -> out.writeVarInt(v.getValue(), false), in -> Year.of(in.readVarInt(false)));
        value(
                YearMonth.class,
                (out, v) -> pair(out, v.getYear(), v.getMonthValue()),
                in -> YearMonth.of(in.readVarInt(false), in.readVarInt(false)));
        value(
                MonthDay.class,
                (out, v) -> pair(out, v.getMonthValue(), v.getDayOfMonth()),
                in -> MonthDay.of(in.readVarInt(false), in.readVarInt(false)));
        value(ZoneOffset.class, JdkValues::writeOffset, JdkValues::readOffset);
        text(ZoneId.class, 256, ZoneId::getId, ZoneId::of);
    }

    @SuppressWarnings("JavaUtilDate") // written because applications have them
    private void mutables() {
        shared(Date.class, (out, v) -> out.writeLong(v.getTime()), in -> new Date(in.readLong()));
        shared(java.sql.Date.class, (out, v) -> out.writeLong(v.getTime()), in -> new java.sql.Date(in.readLong()));
        shared(java.sql.Time.class, (out, v) -> out.writeLong(v.getTime()), in -> new java.sql.Time(in.readLong()));
        shared(Timestamp.class, JdkValues::writeTimestamp, JdkValues::readTimestamp);
        shared(BitSet.class, JdkValues::writeBits, in -> BitSet.valueOf(in.readLongs(in.readLength(Long.BYTES, 3))));
        shared(StringBuilder.class, JdkValues::writeBuilder, JdkValues::readBuilder);
        shared(AtomicBoolean.class, (out, v) -> out.writeBoolean(v.get()), in -> new AtomicBoolean(in.readBoolean()));
        shared(AtomicInteger.class, (out, v) -> out.writeInt(v.get()), in -> new AtomicInteger(in.readInt()));
        shared(AtomicLong.class, (out, v) -> out.writeLong(v.get()), in -> new AtomicLong(in.readLong()));
    }

    private void arrays() {
        shared(boolean[].class, JdkArrays::writeBooleans, in -> in.readBooleans(in.readLength(1)));
        shared(byte[].class, JdkArrays::writeBytes, in -> in.readBytes(in.readLength(1)));
        shared(short[].class, JdkArrays::writeShorts, in -> in.readShorts(in.readLength(Short.BYTES)));
        shared(char[].class, JdkArrays::writeChars, in -> in.readChars(in.readLength(Character.BYTES)));
        shared(int[].class, JdkArrays::writeInts, in -> in.readInts(in.readLength(Integer.BYTES)));
        shared(long[].class, JdkArrays::writeLongs, JdkArrays::readLongs);
        shared(float[].class, JdkArrays::writeFloats, in -> in.readFloats(in.readLength(Float.BYTES)));
        shared(double[].class, JdkArrays::writeDoubles, in -> in.readDoubles(in.readLength(Double.BYTES)));
    }

    private <T> void value(Class<T> type, Writer<T> writer, Reader<T> reader) {
        value(type, SMALL, writer, reader);
    }

    private <T> void value(Class<T> type, int cost, Writer<T> writer, Reader<T> reader) {
        all.put(type, new ValueSerializer<>(type, false, cost, writer, reader));
    }

    private <T> void shared(Class<T> type, Writer<T> writer, Reader<T> reader) {
        all.put(type, new ValueSerializer<>(type, true, SMALL_SHARED, writer, reader));
    }

    private <T> void text(Class<T> type, int cost, Function<T, String> write, Function<String, T> read) {
        value(type, cost, (out, v) -> writeName(out, write.apply(v)), in -> read.apply(readName(in)));
    }

    /** A text that will be taken apart. */
    private static void writeName(BoundedOutput out, String name) {
        out.budget().charge(NAME_COPIES * (long) name.length());
        Text.write(out, refuseLong(name));
    }

    private static String readName(BoundedInput in) {
        String name = refuseLong(in.readText());
        in.budget().charge(NAME_COPIES * (long) name.length());
        return name;
    }

    private static String refuseLong(String name) {
        if (name.length() > LONGEST_NAME) {
            throw new CodecException("a name of " + name.length() + " characters is too long");
        }
        return name;
    }

    private static void writeBits(BoundedOutput out, BitSet value) {
        long[] words = value.toLongArray();
        out.writeLength(words.length, Long.BYTES, 3);
        out.writeLongs(words, 0, words.length);
    }

    private static void writeBuilder(BoundedOutput out, StringBuilder value) {
        out.budget().chargeArray(value.length() + 16, 2);
        Text.write(out, value.toString());
    }

    private static StringBuilder readBuilder(BoundedInput in) {
        String text = in.readText();
        in.budget().chargeArray(text.length() + 16, 2);
        return new StringBuilder(text);
    }

    private static void writeBigInteger(BoundedOutput out, BigInteger value) {
        byte[] bytes = value.toByteArray();
        out.budget().charge(BIG_INTEGER);
        out.writeLength(bytes.length, 1, 2);
        out.writeBytes(bytes);
    }

    private static BigInteger readBigInteger(BoundedInput in) {
        in.budget().charge(BIG_INTEGER);
        return new BigInteger(in.readBytes(in.readLength(1, 2)));
    }

    private static void writeBigDecimal(BoundedOutput out, BigDecimal value) {
        out.writeVarInt(value.scale(), false);
        boolean small = value.precision() <= 18; // fits a long
        out.writeBoolean(small);
        if (small) {
            out.writeVarLong(value.unscaledValue().longValue(), false);
        } else {
            writeBigInteger(out, value.unscaledValue());
        }
    }

    private static BigDecimal readBigDecimal(BoundedInput in) {
        int scale = in.readVarInt(false);
        return in.readBoolean()
                ? BigDecimal.valueOf(in.readVarLong(false), scale)
                : new BigDecimal(readBigInteger(in), scale);
    }

    private static void writeUuid(BoundedOutput out, UUID value) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    /** By tag where the tag says everything, else by its three old parts. */
    private static void writeLocale(BoundedOutput out, Locale value) {
        boolean byTag = Locale.forLanguageTag(value.toLanguageTag()).equals(value);
        out.writeBoolean(byTag);
        if (byTag) {
            writeName(out, value.toLanguageTag());
            return;
        }
        Locale plain = new Locale(value.getLanguage(), value.getCountry(), value.getVariant());
        if (!plain.equals(value)) {
            throw new CodecException("the locale " + value + " cannot be written");
        }
        writeName(out, value.getLanguage());
        writeName(out, value.getCountry());
        writeName(out, value.getVariant());
    }

    private static Locale readLocale(BoundedInput in) {
        return in.readBoolean()
                ? Locale.forLanguageTag(readName(in))
                : new Locale(readName(in), readName(in), readName(in));
    }

    private static void writeOptionalInt(BoundedOutput out, OptionalInt value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeInt);
    }

    private static OptionalInt readOptionalInt(BoundedInput in) {
        return in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
    }

    private static void writeOptionalLong(BoundedOutput out, OptionalLong value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeLong);
    }

    private static OptionalLong readOptionalLong(BoundedInput in) {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }

    private static void writeOptionalDouble(BoundedOutput out, OptionalDouble value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeDouble);
    }

    private static OptionalDouble readOptionalDouble(BoundedInput in) {
        return in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
    }

    private static void seconds(BoundedOutput out, long seconds, int nanos) {
        out.writeVarLong(seconds, false);
        out.writeVarInt(nanos, true);
    }

    private static void pair(BoundedOutput out, int first, int second) {
        out.writeVarInt(first, false);
        out.writeVarInt(second, false);
    }

    private static LocalDate readDate(BoundedInput in) {
        return LocalDate.ofEpochDay(in.readVarLong(false));
    }

    private static LocalTime readTime(BoundedInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void writeDateTime(BoundedOutput out, LocalDateTime value) {
        out.writeVarLong(value.toLocalDate().toEpochDay(), false);
        out.writeVarLong(value.toLocalTime().toNanoOfDay(), true);
    }

    private static LocalDateTime readDateTime(BoundedInput in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static void writeOffset(BoundedOutput out, ZoneOffset value) {
        chargeOffset(out.budget(), value.getTotalSeconds());
        out.writeVarInt(value.getTotalSeconds(), false);
    }

    private static ZoneOffset readOffset(BoundedInput in) {
        int seconds = in.readVarInt(false);
        chargeOffset(in.budget(), seconds);
        return ZoneOffset.ofTotalSeconds(seconds);
    }

    private static void chargeOffset(Budget budget, int seconds) {
        budget.charge(seconds % KEPT_OFFSETS == 0 ? SMALL : NEW_OFFSET);
    }

    private static void writeOffsetDateTime(BoundedOutput out, OffsetDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetDateTime readOffsetDateTime(BoundedInput in) {
        return OffsetDateTime.of(readDateTime(in), readOffset(in));
    }

    private static void writeOffsetTime(BoundedOutput out, OffsetTime value) {
        out.writeVarLong(value.toLocalTime().toNanoOfDay(), true);
        writeOffset(out, value.getOffset());
    }

    /** The offset decides between the two hours of an overlap. */
    private static void writeZoned(BoundedOutput out, ZonedDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
        writeName(out, value.getZone().getId());
    }

    private static ZonedDateTime readZoned(BoundedInput in) {
        LocalDateTime dateTime = readDateTime(in);
        ZoneOffset offset = readOffset(in);
        return ZonedDateTime.ofInstant(dateTime, offset, ZoneId.of(readName(in)));
    }

    private static void writePeriod(BoundedOutput out, Period value) {
        pair(out, value.getYears(), value.getMonths());
        out.writeVarInt(value.getDays(), false);
    }

    private static Period readPeriod(BoundedInput in) {
        return Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false));
    }

    private static void writeTimestamp(BoundedOutput out, Timestamp value) {
        out.writeLong(value.getTime());
        out.writeInt(value.getNanos());
    }

    private static Timestamp readTimestamp(BoundedInput in) {
        Timestamp value = new Timestamp(in.readLong());
        value.setNanos(in.readInt());
        return value;
    }
}
