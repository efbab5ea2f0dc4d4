using System.Text.RegularExpressions;

namespace TauPipeline.Host;

/// <summary>A flow in words and in the languages of two drawing programs.</summary>
internal static class GraphTexts
{
    /// <summary>A line a node: its detail, its state, and what it needs.</summary>
    public static IEnumerable<string> Plain(FlowGraph graph)
    {
        int name = graph.Nodes.Max(node => node.Name.Length),
            detail = graph.Nodes.Max(node => node.Detail.Length),
            state = graph.Nodes.Max(node => node.State.Length);
        return graph.WithNeeds().Select(one =>
            $"{one.Node.Name.PadRight(name)}  {one.Node.Detail.PadRight(detail)}  {one.Node.State.PadRight(state)}{(one.Needs.Count > 0 ? "  <- " : "")}{string.Join(", ", one.Needs)}".TrimEnd()
        );
    }

    /// <summary>A JSON object a node.</summary>
    public static IEnumerable<string> Json(FlowGraph graph, string kind) => graph.WithNeeds().Select(one =>
        JsonLine.Of(line =>
            line.Write("event", "node")
                .Write(kind, one.Node.Name)
                .Write("detail", one.Node.Detail)
                .Write("state", one.Node.State)
                .Write("needs", one.Needs)));

    /// <summary>For Mermaid.</summary>
    public static IEnumerable<string> Mermaid(FlowGraph graph)
    {
        yield return "graph TD";
        for (int i = 0; i < graph.Nodes.Count; i++)
            yield return $"  {MermaidName(graph, i)}[\"{graph.Nodes[i].Name}<br/>{graph.Nodes[i].Detail}\"]:::{Word(graph.Nodes[i].State)}";
        foreach ((int from, int to) in graph.Arrows) yield return $"  {MermaidName(graph, from)} --> {MermaidName(graph, to)}";
        foreach (string state in graph.Nodes.Select(node => node.State).Distinct())
            yield return $"  classDef {Word(state)} fill:{StateColours.Fill(state)},stroke:{StateColours.Border(state)},color:#1d1d24";
    }

    /// <summary>For Graphviz.</summary>
    public static IEnumerable<string> Dot(FlowGraph graph)
    {
        yield return "digraph pipeline {";
        yield return "  node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];";
        foreach (FlowNode node in graph.Nodes)
            yield return $"  {Quoted(node.Name)} [label={Quoted($"{node.Name}\n{node.Detail}")}, fillcolor=\"{StateColours.Fill(node.State)}\", color=\"{StateColours.Border(node.State)}\", tooltip={Quoted(node.State)}];";
        foreach ((int from, int to) in graph.Arrows) yield return $"  {Quoted(graph.Nodes[from].Name)} -> {Quoted(graph.Nodes[to].Name)};";
        yield return "}";
    }

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    private static string Word(string state) => state.Replace(' ', '_');

    // A name with other signs, or the language's own word 'end', would not be taken for a name.
    private static string MermaidName(FlowGraph graph, int at) =>
        Regex.IsMatch(graph.Nodes[at].Name, "^[A-Z][A-Za-z0-9_]*$") ? graph.Nodes[at].Name : $"n{at}";
}
