namespace TauPipeline.Host;

/// <summary>
/// Places nodes in layers, readers below makers, after Sugiyama: arrows over several layers get a bend in each; the order in a
/// layer follows the neighbours' mean (barycentre), and so do the places, as near as the widths allow.
/// </summary>
internal sealed class LayeredLayout
{
    private const int Sweeps = 12;
    private const double Gap = 26, BendWidth = 10;

    private readonly List<List<int>> _layers = [];
    private readonly List<double> _widths, _x = [];
    private readonly List<int> _layerOf = [], _placeIn = [];
    private readonly List<List<int>> _above = [], _below = [];

    /// <param name="widths">Width of each node.</param>
    /// <param name="arrows">From maker to reader; no circles.</param>
    public LayeredLayout(IReadOnlyList<double> widths, IReadOnlyList<(int From, int To)> arrows)
    {
        _widths = [.. widths];
        int[] layers = Layers(widths.Count, arrows);
        foreach (int layer in layers) Add(layer);
        Ways = [.. arrows.Select(Way)];
        for (int sweep = 0; sweep < Sweeps; sweep++) Sort(isDown: sweep % 2 == 0);
        foreach (List<int> layer in _layers) Pack(layer, [.. layer.Select((_, at) => at * Gap)]);
        for (int sweep = 0; sweep < 2 * Sweeps; sweep++) Pull(isDown: sweep % 2 == 0);
        double left = _x.Select((x, at) => x - _widths[at] / 2).Min();
        for (int i = 0; i < _x.Count; i++) _x[i] -= left;
    }

    /// <summary>For each arrow its points from node to node: itself, bends, the other.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Ways { get; }

    public int LayerCount => _layers.Count;

    /// <summary>From the left edge to the right of the last node.</summary>
    public double Width => _x.Select((x, at) => x + _widths[at] / 2).Max();

    /// <summary>Middle of a node or bend, from the left edge.</summary>
    public double X(int point) => _x[point];

    /// <summary>The layer of a node or bend, from the top.</summary>
    public int Layer(int point) => _layerOf[point];

    // The longest way from a node that needs nothing.
    private static int[] Layers(int count, IReadOnlyList<(int From, int To)> arrows)
    {
        var layers = new int[count];
        bool isMoved = true;
        for (int round = 0; isMoved && round <= count; round++)
        {
            isMoved = false;
            foreach ((int from, int to) in arrows)
            {
                if (layers[to] > layers[from]) continue;
                layers[to] = layers[from] + 1;
                isMoved = true;
            }
        }
        return layers;
    }

    private int Add(int layer)
    {
        int point = _layerOf.Count;
        while (_layers.Count <= layer) _layers.Add([]);
        _placeIn.Add(_layers[layer].Count);
        _layers[layer].Add(point);
        _layerOf.Add(layer);
        _x.Add(0);
        _above.Add([]);
        _below.Add([]);
        if (_widths.Count <= point) _widths.Add(BendWidth);
        return point;
    }

    private List<int> Way((int From, int To) arrow)
    {
        List<int> way = [arrow.From];
        for (int layer = _layerOf[arrow.From] + 1; layer < _layerOf[arrow.To]; layer++) way.Add(Add(layer));
        way.Add(arrow.To);
        for (int i = 1; i < way.Count; i++)
        {
            _above[way[i]].Add(way[i - 1]);
            _below[way[i - 1]].Add(way[i]);
        }
        return way;
    }

    private void Sort(bool isDown)
    {
        foreach (List<int> layer in isDown ? _layers : Enumerable.Reverse(_layers))
        {
            Dictionary<int, double> places = [];
            for (int at = 0; at < layer.Count; at++)
            {
                List<int> neighbours = (isDown ? _above : _below)[layer[at]];
                places[layer[at]] = neighbours.Count == 0 ? at : neighbours.Average(other => _placeIn[other]);
            }
            List<int> sorted = [.. layer.OrderBy(point => places[point])]; // stable: what is equal stays as declared
            for (int at = 0; at < layer.Count; at++) _placeIn[layer[at] = sorted[at]] = at;
        }
    }

    private void Pull(bool isDown)
    {
        foreach (List<int> layer in isDown ? _layers : Enumerable.Reverse(_layers))
            Pack(
                layer,
                [
                    .. layer.Select(point =>
                        (isDown ? _above : _below)[point] is { Count: > 0 } neighbours ? neighbours.Average(other => _x[other]) : _x[point]
                    ),
                ]);
    }

    // The places nearest to those wished for (least squares) that keep order and distance: neighbours that collide move as one block.
    private void Pack(List<int> layer, double[] wishes)
    {
        var offsets = new double[layer.Count];
        for (int at = 1; at < layer.Count; at++) offsets[at] = offsets[at - 1] + (_widths[layer[at - 1]] + _widths[layer[at]]) / 2 + Gap;
        var blocks = new List<(double Sum, int Count)>();
        for (int at = 0; at < layer.Count; at++)
        {
            (double Sum, int Count) block = (wishes[at] - offsets[at], 1);
            while (blocks.Count > 0 && blocks[^1].Sum / blocks[^1].Count > block.Sum / block.Count)
            {
                block = (block.Sum + blocks[^1].Sum, block.Count + blocks[^1].Count);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        int next = 0;
        foreach ((double sum, int count) in blocks)
            for (int i = 0; i < count; i++, next++) _x[layer[next]] = sum / count + offsets[next];
    }
}
