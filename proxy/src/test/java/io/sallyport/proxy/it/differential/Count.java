package io.sallyport.proxy.it.differential;

/** How many statements a server's parser finds in a string. */
enum Count {
    REJECTED,
    NONE,
    ONE,
    MANY
}
