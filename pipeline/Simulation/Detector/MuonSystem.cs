using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>
/// Segments and hits in the muon stations (fast-simulation.md, Detector response): efficiency 0.95 in acceptance, hits in proportion.
/// </summary>
internal static class MuonSystem
{
    public const double Acceptance = 2.4;

    private const double Efficiency = 0.95;

    public static bool Covers(int system, int station, double eta)
    {
        double absEta = Math.Abs(eta);
        return system switch
        {
            0 => absEta < 1.15 - 0.06 * station,
            1 => absEta > 0.95 + 0.08 * station && absEta < Acceptance,
            _ => absEta < 1.9,
        };
    }

    /// <summary>Fills both counts; each further station is reached with probability <paramref name="reach"/>.</summary>
    public static void Fill(ref CounterRandom random, double eta, double reach, ref StationCounts matches, ref StationCounts hits)
    {
        int lastStation = 0;
        while (lastStation < StationCounts.Stations && random.NextBelow(reach)) lastStation++;
        for (int system = 0; system < StationCounts.Systems.Length; system++)
            for (int station = 0; station < lastStation; station++)
            {
                if (!Covers(system, station, eta) || !random.NextBelow(Efficiency)) continue;
                int place = system * StationCounts.Stations + station;
                matches[place] = 1 + (random.NextBelow(0.05) ? 1 : 0);
                hits[place] = Hits(ref random, system, station, matches[place]);
            }
    }

    // Layers of a chamber: 12 (8 in the last) of DT, 6 of CSC, 2 or 1 of RPC.
    private static int Hits(ref CounterRandom random, int system, int station, int segments) => system switch
    {
        0 => random.NextBinomial(station == 3 ? 8 : 12, 0.93),
        1 => random.NextBinomial(6 * segments, 0.93),
        _ => random.NextBinomial(station < 2 ? 2 : 1, 0.95),
    };
}
