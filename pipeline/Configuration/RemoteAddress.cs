using TauPipeline.Foundation;

namespace TauPipeline.Configuration;

/// <summary>Addresses like <c>root://host//path</c>: files of other machines, which nobody here fetches yet.</summary>
public static class RemoteAddress
{
    // Products of the campaign's own external stages are called so; they are no files of other machines.
    private const string MadeHere = "external://";

    /// <summary>Whether a text is an address, and not a path.</summary>
    public static bool Is(string text) =>
        text.Contains("://", StringComparison.Ordinal) && !text.StartsWith(MadeHere, StringComparison.Ordinal);

    /// <summary>Says of an address that it is one, where a file is needed.</summary>
    /// <param name="text">What was given for a file.</param>
    /// <param name="where">Where it was given: <c>file:line</c>, or the option.</param>
    /// <exception cref="Misuse">It is an address.</exception>
    public static void Refuse(string text, string where)
    {
        if (Is(text)) throw ConfigErrors.RemoteAddress(text, where);
    }

    /// <summary>The same where something is to be written.</summary>
    /// <inheritdoc cref="Refuse(string, string)"/>
    public static void RefuseToWrite(string text, string where)
    {
        if (Is(text)) throw ConfigErrors.RemoteOutput(text, where);
    }

    /// <summary>The same of <c>[DATASET=]FILE</c>.</summary>
    /// <inheritdoc cref="Refuse(string, string)"/>
    public static void RefuseInput(string input)
    {
        int equals = input.IndexOf('=', StringComparison.Ordinal), scheme = input.IndexOf("://", StringComparison.Ordinal);
        Refuse(equals >= 0 && equals < scheme ? input[(equals + 1)..] : input, "--input");
    }
}
