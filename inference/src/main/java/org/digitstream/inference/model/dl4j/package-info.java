/** DL4J: the engine that trains the network and, so far, the one that runs it. */
package org.digitstream.inference.model.dl4j;
