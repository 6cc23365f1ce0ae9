package io.cacheaside.key;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Shortest decimal text of a floating number that reads back as the same number. {@code Double.toString} will not do:
 * since Java 19 it prints some numbers shorter than before, so two JVMs would not agree on the key.
 */
final class DecimalText {

    private static final int ENOUGH_FOR_FLOAT = 9;
    private static final int ENOUGH_FOR_DOUBLE = 17;

    private DecimalText() {}

    static String of(double number) {
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return number == 0 ? zero(1 / number > 0) : Double.toString(number);
        }
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < ENOUGH_FOR_DOUBLE; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.doubleValue() == number) {
                return text(rounded);
            }
        }
        return text(exact.round(new MathContext(ENOUGH_FOR_DOUBLE, RoundingMode.HALF_EVEN)));
    }

    static String of(float number) {
        if (number == 0 || Float.isNaN(number) || Float.isInfinite(number)) {
            return number == 0 ? zero(1 / number > 0) : Float.toString(number);
        }
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < ENOUGH_FOR_FLOAT; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (rounded.floatValue() == number) {
                return text(rounded);
            }
        }
        return text(exact.round(new MathContext(ENOUGH_FOR_FLOAT, RoundingMode.HALF_EVEN)));
    }

    private static String text(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean plain = shortest.scale() < 0 && shortest.precision() - shortest.scale() <= ENOUGH_FOR_DOUBLE;
        return plain ? shortest.toPlainString() : shortest.toString();
    }

    private static String zero(boolean positive) {
        return positive ? "0" : "-0";
    }
}
