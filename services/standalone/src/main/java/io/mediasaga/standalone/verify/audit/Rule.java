package io.mediasaga.standalone.verify.audit;

/**
 * Something that has to hold.
 *
 * @param name it, in words
 * @param violations query for what violates it, one text for each
 */
record Rule(String name, String violations) {}
