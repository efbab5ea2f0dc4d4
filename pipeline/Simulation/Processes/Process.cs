using TauPipeline.Foundation;

namespace TauPipeline.Simulation;

/// <summary>Draws one hard scattering.</summary>
internal delegate void DrawScattering(ref CounterRandom random, HardScattering scattering);

/// <summary>A simulated dataset: what its hard scatterings are made of (fast-simulation.md, Processes).</summary>
public sealed class Process
{
    internal Process(string name, int number, string content, DrawScattering draw)
    {
        Name = name;
        Number = number;
        Content = content;
        Draw = draw;
    }

    /// <summary>The dataset's name, say <c>DYToLL_M50</c>.</summary>
    public string Name { get; }

    /// <summary>
    /// Its place in the list of all processes, from 1; enters the luminosity section, so that events of two datasets differ.
    /// </summary>
    public int Number { get; }

    /// <summary>One line on what is generated.</summary>
    public string Content { get; }

    internal DrawScattering Draw { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
