/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/motoneuron.h"

static const struct {
#define PARAM(id, unit, value, text, source) double id;
#include "tissue/tables/motoneuron.def"
#undef PARAM
} p = {
#define PARAM(id, unit, value, text, source) value,
#include "tissue/tables/motoneuron.def"
#undef PARAM
};

void ml_motoneuron_published(MlMotoneuronTraits *traits, int aroused) {
    *traits = (MlMotoneuronTraits){0};
    for (int i = 0; i < ML_CELLS; i++) {
        traits->leak[i] = p.mn_leak;
        traits->leak_reversal[i] = p.mn_leak_reversal;
        traits->potassium_reversal[i] = p.mn_potassium_reversal;
        traits->calcium_reversal[i] = p.mn_calcium_reversal;
        traits->calcium_soma[i] = p.mn_calcium_soma;
        traits->calcium_dendrite[i] = p.mn_calcium_dendrite;
        traits->persistent[i] = p.mn_persistent;
        traits->kca_soma[i] = aroused ? p.mn_kca_soma_aroused : p.mn_kca_soma;
        traits->kca_dendrite[i] = aroused ? p.mn_kca_dendrite_aroused : p.mn_kca_dendrite;
        traits->couple_soma[i] = p.mn_coupling / p.mn_soma_share;
        traits->couple_dendrite[i] = p.mn_coupling / (1 - p.mn_soma_share);
        traits->influx[i] = p.mn_calcium_influx / p.mn_calcium_removal;
        traits->pace[i] = 1;
    }
}

void ml_motoneuron_start(MlMotoneurons *cells) {
    *cells = (MlMotoneurons){0};
    unsigned long long seed = 0x9e3779b97f4a7c15ULL;
    for (int i = 0; i < ML_CELLS; i++) {
        cells->vs[i] = cells->last[i] = cells->vd[i] = p.mn_leak_reversal;
        cells->h[i] = cells->hs[i] = cells->hd[i] = cells->slow[i] = 1;
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        cells->random[i] = seed;
    }
}
