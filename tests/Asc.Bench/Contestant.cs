namespace Asc.Bench;

/// <summary>One of those that are measured in turns.</summary>
internal sealed class Contestant(string name, Uri url, ProcessCpu cpu, string headers)
{
    private readonly List<double> costs = [];
    private readonly List<double> rates = [];
    private readonly List<double> latencies = [];

    public string Name { get; } = name;

    public Uri Url { get; } = url;

    public ProcessCpu Cpu { get; } = cpu;

    /// <summary>What a request to it carries, as header lines.</summary>
    public string Headers { get; } = headers;

    public long Errors { get; private set; }

    public double MedianCost => Median(costs);

    /// <summary>The median of the ratios within each round: what the machine's neighbours do to a round, they do to both.</summary>
    public double CostOver(Contestant other) => Median([.. costs.Zip(other.costs, (own, others) => own / others)]);

    public double BestCost => costs.Min();

    public double MedianRate => Median(rates);

    public double MedianLatency => Median(latencies);

    public void Add(double cost, double rate, double latency, long errors)
    {
        costs.Add(cost);
        rates.Add(rate);
        latencies.Add(latency);
        Errors += errors;
    }

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
