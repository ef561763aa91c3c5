/* SPDX-License-Identifier: Apache-2.0 */
/* Motoneurons one at a time. */
#define ML_LANES 1
#include "tissue/motoneuron.inc"

void ml_motoneuron_block1(const MlMotoneuronTraits *traits, const MlMotoneuronInputs *inputs, double step,
                          MlMotoneurons *cells) {
    for (int i = 0; i < ML_CELLS; i += ML_LANES) block(traits, inputs, step, cells, i);
}
