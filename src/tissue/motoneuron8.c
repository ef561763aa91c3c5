/* SPDX-License-Identifier: Apache-2.0 */
/* Motoneurons eight at a time. */
#define ML_LANES 8
#include "tissue/motoneuron.inc"

ML_WIDE void ml_motoneuron_block8(const MlMotoneuronTraits *traits, const MlMotoneuronInputs *inputs, double step,
                          MlMotoneurons *cells) {
    for (int i = 0; i < ML_CELLS; i += ML_LANES) block(traits, inputs, step, cells, i);
}
