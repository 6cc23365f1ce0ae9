package io.cacheaside.codec;

import com.esotericsoftware.kryo.io.Output;
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

/** The JDK's value classes and how each is written, through its public constructors and factories only. */
final class JdkValues {

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
        value(Boolean.class, Output::writeBoolean, BoundedInput::readBoolean);
        value(Byte.class, (out, v) -> out.writeByte(v.byteValue()), BoundedInput::readByte);
        value(Short.class, (out, v) -> out.writeShort(v), BoundedInput::readShort);
        value(Character.class, Output::writeChar, BoundedInput::readChar);
        value(Integer.class, (out, v) -> out.writeVarInt(v, false), in -> in.readVarInt(false));
        value(Long.class, (out, v) -> out.writeVarLong(v, false), in -> in.readVarLong(false));
        value(Float.class, Output::writeFloat, BoundedInput::readFloat);
        value(Double.class, Output::writeDouble, BoundedInput::readDouble);
        value(String.class, Text::write, BoundedInput::readText);
    }

    private void numbersAndNames() {
        value(BigInteger.class, JdkValues::writeBigInteger, JdkValues::readBigInteger);
        value(BigDecimal.class, JdkValues::writeBigDecimal, JdkValues::readBigDecimal);
        value(UUID.class, JdkValues::writeUuid, in -> new UUID(in.readLong(), in.readLong()));
        text(URI.class, URI::toString, URI::create);
        text(Currency.class, Currency::getCurrencyCode, Currency::getInstance);
        value(Locale.class, JdkValues::writeLocale, JdkValues::readLocale);
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
        value(LocalDateTime.class, JdkValues::writeDateTime, JdkValues::readDateTime);
        value(OffsetDateTime.class, JdkValues::writeOffsetDateTime, JdkValues::readOffsetDateTime);
        value(OffsetTime.class, JdkValues::writeOffsetTime, in -> OffsetTime.of(readTime(in), readOffset(in)));
        value(ZonedDateTime.class, JdkValues::writeZoned, JdkValues::readZoned);
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
        text(ZoneId.class, ZoneId::getId, ZoneId::of);
    }

    @SuppressWarnings("JavaUtilDate") // written because applications have them
    private void mutables() {
        shared(Date.class, (out, v) -> out.writeLong(v.getTime()), in -> new Date(in.readLong()));
        shared(java.sql.Date.class, (out, v) -> out.writeLong(v.getTime()), in -> new java.sql.Date(in.readLong()));
        shared(java.sql.Time.class, (out, v) -> out.writeLong(v.getTime()), in -> new java.sql.Time(in.readLong()));
        shared(Timestamp.class, JdkValues::writeTimestamp, JdkValues::readTimestamp);
        shared(
                BitSet.class,
                (out, v) -> JdkArrays.writeLongs(out, v.toLongArray()),
                in -> BitSet.valueOf(JdkArrays.readLongs(in)));
        shared(StringBuilder.class, (out, v) -> Text.write(out, v.toString()), in -> new StringBuilder(in.readText()));
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
        all.put(type, new ValueSerializer<>(type, false, writer, reader));
    }

    private <T> void shared(Class<T> type, Writer<T> writer, Reader<T> reader) {
        all.put(type, new ValueSerializer<>(type, true, writer, reader));
    }

    private <T> void text(
            Class<T> type, java.util.function.Function<T, String> write, java.util.function.Function<String, T> read) {
        value(type, (out, v) -> Text.write(out, write.apply(v)), in -> read.apply(in.readText()));
    }

    private static void writeBigInteger(Output out, BigInteger value) {
        JdkArrays.writeBytes(out, value.toByteArray());
    }

    private static BigInteger readBigInteger(BoundedInput in) {
        return new BigInteger(in.readBytes(in.readLength(1)));
    }

    private static void writeBigDecimal(Output out, BigDecimal value) {
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

    private static void writeUuid(Output out, UUID value) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    /** By tag where the tag says everything, else by its three old parts. */
    private static void writeLocale(Output out, Locale value) {
        boolean byTag = Locale.forLanguageTag(value.toLanguageTag()).equals(value);
        out.writeBoolean(byTag);
        if (byTag) {
            Text.write(out, value.toLanguageTag());
            return;
        }
        Locale plain = new Locale(value.getLanguage(), value.getCountry(), value.getVariant());
        if (!plain.equals(value)) {
            throw new CodecException("the locale " + value + " cannot be written");
        }
        Text.write(out, value.getLanguage());
        Text.write(out, value.getCountry());
        Text.write(out, value.getVariant());
    }

    private static Locale readLocale(BoundedInput in) {
        return in.readBoolean()
                ? Locale.forLanguageTag(in.readText())
                : new Locale(in.readText(), in.readText(), in.readText());
    }

    private static void writeOptionalInt(Output out, OptionalInt value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeInt);
    }

    private static OptionalInt readOptionalInt(BoundedInput in) {
        return in.readBoolean() ? OptionalInt.of(in.readInt()) : OptionalInt.empty();
    }

    private static void writeOptionalLong(Output out, OptionalLong value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeLong);
    }

    private static OptionalLong readOptionalLong(BoundedInput in) {
        return in.readBoolean() ? OptionalLong.of(in.readLong()) : OptionalLong.empty();
    }

    private static void writeOptionalDouble(Output out, OptionalDouble value) {
        out.writeBoolean(value.isPresent());
        value.ifPresent(out::writeDouble);
    }

    private static OptionalDouble readOptionalDouble(BoundedInput in) {
        return in.readBoolean() ? OptionalDouble.of(in.readDouble()) : OptionalDouble.empty();
    }

    private static void seconds(Output out, long seconds, int nanos) {
        out.writeVarLong(seconds, false);
        out.writeVarInt(nanos, true);
    }

    private static void pair(Output out, int first, int second) {
        out.writeVarInt(first, false);
        out.writeVarInt(second, false);
    }

    private static LocalDate readDate(BoundedInput in) {
        return LocalDate.ofEpochDay(in.readVarLong(false));
    }

    private static LocalTime readTime(BoundedInput in) {
        return LocalTime.ofNanoOfDay(in.readVarLong(true));
    }

    private static void writeDateTime(Output out, LocalDateTime value) {
        out.writeVarLong(value.toLocalDate().toEpochDay(), false);
        out.writeVarLong(value.toLocalTime().toNanoOfDay(), true);
    }

    private static LocalDateTime readDateTime(BoundedInput in) {
        return LocalDateTime.of(readDate(in), readTime(in));
    }

    private static void writeOffset(Output out, ZoneOffset value) {
        out.writeVarInt(value.getTotalSeconds(), false);
    }

    private static ZoneOffset readOffset(BoundedInput in) {
        return ZoneOffset.ofTotalSeconds(in.readVarInt(false));
    }

    private static void writeOffsetDateTime(Output out, OffsetDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
    }

    private static OffsetDateTime readOffsetDateTime(BoundedInput in) {
        return OffsetDateTime.of(readDateTime(in), readOffset(in));
    }

    private static void writeOffsetTime(Output out, OffsetTime value) {
        out.writeVarLong(value.toLocalTime().toNanoOfDay(), true);
        writeOffset(out, value.getOffset());
    }

    /** The offset decides between the two hours of an overlap. */
    private static void writeZoned(Output out, ZonedDateTime value) {
        writeDateTime(out, value.toLocalDateTime());
        writeOffset(out, value.getOffset());
        Text.write(out, value.getZone().getId());
    }

    private static ZonedDateTime readZoned(BoundedInput in) {
        LocalDateTime dateTime = readDateTime(in);
        ZoneOffset offset = readOffset(in);
        return ZonedDateTime.ofInstant(dateTime, offset, ZoneId.of(in.readText()));
    }

    private static void writePeriod(Output out, Period value) {
        pair(out, value.getYears(), value.getMonths());
        out.writeVarInt(value.getDays(), false);
    }

    private static Period readPeriod(BoundedInput in) {
        return Period.of(in.readVarInt(false), in.readVarInt(false), in.readVarInt(false));
    }

    private static void writeTimestamp(Output out, Timestamp value) {
        out.writeLong(value.getTime());
        out.writeInt(value.getNanos());
    }

    private static Timestamp readTimestamp(BoundedInput in) {
        Timestamp value = new Timestamp(in.readLong());
        value.setNanos(in.readInt());
        return value;
    }
}
