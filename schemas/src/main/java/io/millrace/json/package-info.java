/** Plain JSON for people and Avro for topics: conversion without event classes. */
@org.jspecify.annotations.NullMarked
package io.millrace.json;
