/** One class that DL4J expects under a name which ND4J no longer has. */
package org.nd4j.nativeblas;
