package io.sallyport.proxy.access;

/** All of personal access tokens: where they are dealt with, and where they prove somebody. */
public record AccessOffice(AccessDesk desk, AccessProof proof) {}
