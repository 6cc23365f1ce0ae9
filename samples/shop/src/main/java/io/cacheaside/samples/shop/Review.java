package io.cacheaside.samples.shop;

import java.time.LocalDate;

/** One customer's opinion; {@code helpful} readers found it so. */
public record Review(String author, LocalDate written, int rating, int helpful, String text) {}
