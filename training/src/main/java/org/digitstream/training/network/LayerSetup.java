package org.digitstream.training.network;

import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What DL4J wants to be done to each new layer, as its own layers do it.
 *
 * @param conf of the layer
 * @param listeners of the network
 * @param index of the layer in the network
 * @param parameters the layer's part of the network's parameters
 * @param initialize whether they are to be filled with first values
 */
record LayerSetup(
    NeuralNetConfiguration conf,
    Collection<TrainingListener> listeners,
    int index,
    INDArray parameters,
    boolean initialize) {
  Layer applyTo(Layer layer) {
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamsViewArray(parameters);
    layer.setParamTable(conf.getLayer().initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }
}
